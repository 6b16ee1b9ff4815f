package io.tributary.jobs.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether tonight's extracts of one source may be read at all, from what they look like now and what was read
 * last. Pure; thread-safe.
 *
 * @param source the name of the source, for the messages
 * @param full whether each extract holds the whole object, so that fewer rows mean lost rows
 * @param allowUnchanged whether an extract that was read before may be read again
 * @param maxShrink the share of rows, in [0, 1], by which a full extract may be smaller than the last
 */
record ExtractGuards(String source, boolean full, boolean allowUnchanged, double maxShrink) {
    /** Why an extract stops the run. */
    enum Code {
        MISSING,
        EMPTY,
        HALF_WRITTEN,
        OLDER,
        ALREADY_READ,
        SHRUNK,
        COLUMN_MISSING
    }

    /** One thing to say: a refusal, or (if {@code stops} is false) a notice. */
    record Finding(Code code, boolean stops, String message) {
        Finding {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }
    }

    ExtractGuards {
        Objects.requireNonNull(source, "source");
        if (!(maxShrink >= 0 && maxShrink <= 1)) {
            throw new IllegalArgumentException("max-shrink is a share between 0 and 1, not " + maxShrink);
        }
    }

    /** What to say when nothing lies where the source points. */
    Finding missing(String where) {
        return stop(
                Code.MISSING,
                "nothing lies at " + where,
                "check the export that should have written it, or the path of the source");
    }

    /**
     * Everything that is wrong with the extracts of tonight.
     *
     * @param now the extracts found, at least one
     * @param last the extracts of the last run that finished, none if this is the first
     * @param needed the columns without which a row can't be mapped
     */
    List<Finding> judge(List<ExtractLook> now, List<ExtractInfo> last, Set<String> needed) {
        List<Finding> findings = new ArrayList<>();
        for (ExtractLook look : now) {
            judgeAlone(look, needed, findings);
        }
        if (findings.isEmpty() && !last.isEmpty()) {
            judgeAgainst(now.stream().map(ExtractLook::info).toList(), last, findings);
        }
        return findings;
    }

    private void judgeAlone(ExtractLook look, Set<String> needed, List<Finding> findings) {
        ExtractInfo info = look.info();
        switch (look.state()) {
            case TEMPORARY -> findings.add(halfWritten(info, "its name is that of a file in transfer"));
            case MOVING -> findings.add(halfWritten(info, "it changed while it was read"));
            case TORN -> findings.add(halfWritten(info, "its last record breaks off"));
            case COMPLETE -> {
                if (look.columns().isEmpty() || full && info.rows() == 0) {
                    findings.add(stop(
                            Code.EMPTY,
                            info.path() + " holds no record",
                            "run the export again; an object that is really empty is taken out of the sources"));
                } else {
                    needed.stream()
                            .filter(column -> !look.columns().contains(column))
                            .forEach(column -> findings.add(stop(
                                    Code.COLUMN_MISSING,
                                    info.path() + " has no column \"" + column + "\"",
                                    "export that column, or map the one that took its place; it has: "
                                            + String.join(", ", look.columns()))));
                }
            }
        }
    }

    private void judgeAgainst(List<ExtractInfo> now, List<ExtractInfo> last, List<Finding> findings) {
        Set<String> hashes = last.stream().map(ExtractInfo::sha256).collect(Collectors.toSet());
        if (now.stream().allMatch(info -> hashes.contains(info.sha256()))) {
            String what = now.get(0).path() + " was read before and is unchanged since";
            findings.add(
                    allowUnchanged
                            ? new Finding(Code.ALREADY_READ, false, line(what, "reading it again"))
                            : stop(
                                    Code.ALREADY_READ,
                                    what,
                                    "wait for the new export, or set allow-unchanged: true to go on with this one"));
            return;
        }
        Instant newest = newest(now);
        if (newest.isBefore(newest(last))) {
            findings.add(stop(
                    Code.OLDER,
                    now.get(0).path() + " is of " + newest + ", but one of " + newest(last) + " was read already",
                    "restore the newer export; reading an older one would undo changes"));
        }
        long rows = now.stream().mapToLong(ExtractInfo::rows).sum();
        long before = last.stream().mapToLong(ExtractInfo::rows).sum();
        if (full && rows < before * (1 - maxShrink)) {
            findings.add(stop(
                    Code.SHRUNK,
                    now.get(0).path() + " holds " + rows + " rows, the last one held " + before,
                    "check the filter of the export, or raise max-shrink (now " + maxShrink + ") if the rows are "
                            + "really gone"));
        }
    }

    private static Instant newest(List<ExtractInfo> extracts) {
        return extracts.stream()
                .map(ExtractInfo::extractedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Finding halfWritten(ExtractInfo info, String sign) {
        return stop(
                Code.HALF_WRITTEN,
                info.path() + " is not finished: " + sign,
                "start the run after the export has ended; let the export write under another name and rename it");
    }

    private Finding stop(Code code, String what, String remedy) {
        return new Finding(code, true, line(what, remedy));
    }

    private String line(String what, String remedy) {
        return "source " + source + ": " + what + "; " + remedy;
    }
}
