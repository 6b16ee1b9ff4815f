package io.tributary.yaml;

import io.tributary.yaml.YamlNode.Mapping;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML text into nodes with line numbers. No Java object is ever made from a tag; size and nesting are bounded. */
public final class YamlFile {

    private static final int MOST_CHARACTERS = 3_000_000;

    private YamlFile() {}

    /**
     * Reads a file of UTF-8. What can't be read becomes a fault.
     *
     * @param name how faults call the file
     * @return the content, or empty when it can't be used at all; duplicate keys are faults, the first of them counts
     */
    public static Optional<YamlNode> read(Path path, String name, Faults faults) {
        try {
            return read(name, Files.readString(path), faults);
        } catch (NoSuchFileException e) {
            faults.add(new Fault(name, 0, "", "there is no such file"));
        } catch (CharacterCodingException e) {
            faults.add(new Fault(name, 0, "", "is not UTF-8 text; save it as UTF-8"));
        } catch (IOException e) {
            faults.add(new Fault(name, 0, "", "can't be read (" + e.getClass().getSimpleName() + ")"));
        }
        return Optional.empty();
    }

    /** Reads a file; faults call it by its file name. */
    public static Optional<YamlNode> read(Path path, Faults faults) {
        return read(path, String.valueOf(path.getFileName()), faults);
    }

    /** Reads text that faults call by this name. An empty text is an empty mapping. */
    public static Optional<YamlNode> read(String name, String text, Faults faults) {
        try {
            if (isTooDeep(name, text)) {
                faults.add(new Fault(name, 0, "", NodeReader.TOO_MUCH));
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings(name)).composeString(text);
            return root.isEmpty()
                    ? Optional.of(new Mapping(name, 1, List.of()))
                    : new NodeReader(name, faults).read(root.get());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            faults.add(new Fault(name, line, "", "is not YAML: " + withoutValues(e)));
        } catch (YamlEngineException e) {
            faults.add(new Fault(name, 0, "", "is not YAML that can be read safely, or is too large"));
        }
        return Optional.empty();
    }

    /** Asked of the parser's events first: composing nodes recurses, and would exhaust the stack. */
    private static boolean isTooDeep(String name, String text) {
        int depth = 0;
        for (Event event : new Parse(settings(name)).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > NodeReader.DEEPEST) {
                return true;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return false;
    }

    /** The parser's own short words; its excerpt of the file is left out, for it may show a secret. */
    private static String withoutValues(MarkedYamlEngineException e) {
        String problem = e.getProblem();
        if (problem != null && problem.contains("alias")) {
            return "there is no anchor of this name; put text that begins with * in quotes";
        }
        return problem == null || problem.isBlank() ? "the syntax is broken here" : problem.replace('\n', ' ');
    }

    static LoadSettings settings(String name) {
        return LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true)
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(100)
                .build();
    }
}
