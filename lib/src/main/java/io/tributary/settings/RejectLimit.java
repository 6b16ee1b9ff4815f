package io.tributary.settings;

import java.io.Serializable;

/** How many rows of an extract may be set aside before the run stops, ahead of any spending. */
public sealed interface RejectLimit extends Serializable {

    /**
     * Whether the run may go on.
     *
     * @param rejected rows set aside
     * @param rows all rows of the extract, rejected ones included
     */
    boolean tolerates(long rejected, long rows);

    /** A share of the rows, from 0 to 1. */
    record Share(double share) implements RejectLimit {
        public Share {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share lies between 0 and 1");
            }
        }

        @Override
        public boolean tolerates(long rejected, long rows) {
            return rejected <= share * rows;
        }
    }

    /** A number of rows. */
    record Count(long most) implements RejectLimit {
        public Count {
            if (most < 0) {
                throw new IllegalArgumentException("a number of rows is 0 or more");
            }
        }

        @Override
        public boolean tolerates(long rejected, long rows) {
            return rejected <= most;
        }
    }
}
