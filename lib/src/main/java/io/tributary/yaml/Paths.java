package io.tributary.yaml;

/** How a place inside a file is spelled. */
final class Paths {

    private Paths() {}

    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
