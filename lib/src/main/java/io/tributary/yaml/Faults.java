package io.tributary.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects the faults of all files, so that a user sees them at once. Not safe for use by several threads. */
public final class Faults {

    private final List<Fault> found = new ArrayList<>();

    public void add(Fault fault) {
        Objects.requireNonNull(fault, "fault");
        if (!found.contains(fault)) {
            found.add(fault);
        }
    }

    void add(YamlNode node, String path, String message) {
        add(new Fault(node.file(), node.line(), path, message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** A copy, in the order of finding. */
    public List<Fault> list() {
        return List.copyOf(found);
    }

    /** @throws FaultsException if anything was found */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new FaultsException(found);
        }
    }
}
