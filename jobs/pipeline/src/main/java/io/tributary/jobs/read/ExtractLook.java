package io.tributary.jobs.read;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one look through a whole extract found, before any of its rows is believed.
 *
 * @param info the extract
 * @param columns its column names in order; empty if it has none
 * @param types SQL types of the columns that have one of their own; text formats have none
 * @param state whether it looks finished
 */
record ExtractLook(ExtractInfo info, List<String> columns, Map<String, String> types, State state)
        implements Serializable {
    /** Whether somebody still seems to be writing it. */
    enum State {
        COMPLETE,
        /** Size or time changed while it was read. */
        MOVING,
        /** The last record breaks off. */
        TORN,
        /** Its name is that of a file in transfer. */
        TEMPORARY
    }

    ExtractLook {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(state, "state");
        columns = List.copyOf(columns);
        types = new LinkedHashMap<>(types);
    }
}
