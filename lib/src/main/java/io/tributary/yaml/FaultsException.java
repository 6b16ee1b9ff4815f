package io.tributary.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Settings that can't be used; the message lists every fault, one a line. */
public final class FaultsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public FaultsException(List<Fault> faults) {
        super(sorted(faults).stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = sorted(faults);
    }

    private static List<Fault> sorted(List<Fault> faults) {
        List<String> files = faults.stream().map(Fault::file).distinct().toList();
        return faults.stream()
                .sorted(Comparator.comparingInt((Fault fault) -> files.indexOf(fault.file()))
                        .thenComparingInt(Fault::line))
                .toList();
    }

    /** File by file, each from its top. */
    public List<Fault> faults() {
        return faults;
    }
}
