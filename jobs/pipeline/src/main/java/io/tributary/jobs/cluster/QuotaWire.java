package io.tributary.jobs.cluster;

import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import java.util.Map;

/** The way from an executor to the driver's division of the quotas. Thread-safe. */
public final class QuotaWire {
    private final DriverWire.Line line;
    private final String run;
    private final String executor;

    QuotaWire(DriverWire.Line line, String run, String executor) {
        this.line = line;
        this.run = run;
        this.executor = executor;
    }

    /**
     * Reports, and waits for the driver's answer.
     *
     * @param reports by provider
     * @return leases by provider; none for a report that was overtaken
     * @throws Exception if the driver can't be reached, or no such run is at work there
     */
    public Map<String, Lease> report(Map<String, Report> reports) throws Exception {
        Object answer = line.ask(QuotaMessages.reports(new QuotaMessages.Reports(run, executor, reports)));
        return QuotaMessages.leases((byte[]) answer);
    }
}
