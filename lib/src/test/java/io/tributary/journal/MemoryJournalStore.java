package io.tributary.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store that forgets with the process. */
public final class MemoryJournalStore implements JournalStore {
    private final ConcurrentSkipListMap<String, byte[]> segments = new ConcurrentSkipListMap<>();

    @Override
    public void put(String path, byte[] content) throws IOException {
        if (segments.putIfAbsent(path, content.clone()) != null) {
            throw new FileAlreadyExistsException(path);
        }
    }

    @Override
    public List<String> list(String directory) {
        return segments.keySet().stream()
                .filter(path -> path.startsWith(directory + "/"))
                .toList();
    }

    @Override
    public InputStream open(String path) throws IOException {
        byte[] content = segments.get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        return new ByteArrayInputStream(content);
    }
}
