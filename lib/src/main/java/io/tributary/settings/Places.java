package io.tributary.settings;

import io.tributary.yaml.Overrides;
import io.tributary.yaml.Tree;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where relative paths start: at the folder of the settings; on the command line, at the working directory.
 *
 * @param folder absolute and normalised
 */
record Places(Path folder) {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    /** The path that this setting holds, made absolute unless it is a URI of another file system. */
    String resolve(Tree path) {
        return resolve(path.text(), isFromCommandLine(path));
    }

    /** Works on text: a path may hold a glob, which is no path on every system. */
    String resolve(String path, boolean fromCommandLine) {
        if (path.startsWith("/") || SCHEME.matcher(path).matches()) {
            return path;
        }
        Path start = fromCommandLine ? Path.of("").toAbsolutePath() : folder;
        String rest = path;
        while (rest.startsWith("./") || rest.startsWith("../")) {
            if (rest.startsWith("../")) {
                start = start.getParent() == null ? start : start.getParent();
            }
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        if (rest.equals("..")) {
            return start.getParent() == null ? "/" : start.getParent().toString();
        }
        return rest.isEmpty() || rest.equals(".") ? start.toString() : start + "/" + rest;
    }

    /** How faults call a file: from the folder of the settings on, or in full if it stands elsewhere. */
    String shown(Path file) {
        Path plain = file.normalize();
        return plain.startsWith(folder) ? folder.relativize(plain).toString() : plain.toString();
    }

    static boolean isFromCommandLine(Tree tree) {
        return tree.file().equals(Overrides.PLACE);
    }
}
