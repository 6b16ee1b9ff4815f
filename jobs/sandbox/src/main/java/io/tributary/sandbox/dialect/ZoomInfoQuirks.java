package io.tributary.sandbox.dialect;

import java.util.List;

/** The habits of ZoomInfo's two surfaces. Those that end a run, or last for all of it, are off unless they are asked for. */
final class ZoomInfoQuirks {
    private static final double SOME = 0.02;

    static final Quirk LIMIT_EXCEEDED =
            new Quirk("limit-exceeded", "credits are gone for an item inside a 200; it is not billed", 0);
    static final Quirk CREDIT_LIMIT = new Quirk("credit-limit", "credits are gone for a call, told as a 400", 0);
    static final Quirk FIELD_REFUSED = new Quirk(
            "field-refused", "the account may not see an output field, which fails each request that asks for it", 0);
    static final Quirk OPT_OUT = new Quirk("opt-out", "a person may never be spoken of", SOME);
    static final Quirk COMPANY_ONLY =
            new Quirk("company-only", "the person is not found, but what is known of the company is given", SOME);
    static final Quirk CONTACT_ONLY = new Quirk("contact-only", "a person is found without a company", SOME);
    static final Quirk INVALID_INPUT = new Quirk("invalid-input", "an input that looks good is none", SOME);
    static final Quirk OWN_FILTER = new Quirk(
            "own-filter", "a contact that is found is kept back by a filter of the account: NON_MATCH_BY_…", SOME);
    static final Quirk ONE_RECORD = new Quirk(
            "one-record", "an input resolves to the contact that all such inputs of its company resolve to", SOME);
    static final Quirk QUOTA_UNKNOWN = new Quirk("quota-unknown", "what is left of the windows is told as -1", SOME);
    static final Quirk WARNINGS = new Quirk("warnings", "an item carries warnings about its input", SOME);
    static final Quirk TIMEOUT = new Quirk("timeout", "a call of more than one input is too large: 504", SOME);

    static final Quirk SERVICE_ERROR =
            new Quirk("service-error", "an item fails inside a 200 the first time that it is asked", SOME);
    static final Quirk NO_STATUS =
            new Quirk("no-status", "a found or missed item has no matchStatus, as on older accounts", SOME);
    static final Quirk NEGATIVE_ID = new Quirk("negative-id", "the id of a record is negative", SOME);
    static final Quirk NO_BULK = new Quirk("no-bulk", "bulk jobs are not in the subscription: 403", 0);
    static final Quirk JOB_FAILED = new Quirk("job-failed", "a bulk job fails, and nothing of it is billed", SOME);
    static final Quirk PAGE_FAILED =
            new Quirk("page-failed", "a page of a job fails: its records are on no page, and are not billed", SOME);
    static final Quirk PAGE_GAP = new Quirk("page-gap", "the numbers of a job's pages leave one out", SOME);
    static final Quirk LARGE_PAGES = new Quirk("large-pages", "the pages of a job hold 1000 records, not 500", SOME);
    static final Quirk CAPITALS = new Quirk("capitals", "the status of a job is in capital letters", SOME);

    static final List<Quirk> GTM = List.of(
            LIMIT_EXCEEDED,
            CREDIT_LIMIT,
            FIELD_REFUSED,
            OPT_OUT,
            COMPANY_ONLY,
            CONTACT_ONLY,
            INVALID_INPUT,
            OWN_FILTER,
            ONE_RECORD,
            QUOTA_UNKNOWN,
            WARNINGS,
            TIMEOUT);
    static final List<Quirk> LEGACY = List.of(
            LIMIT_EXCEEDED,
            CREDIT_LIMIT,
            FIELD_REFUSED,
            OPT_OUT,
            COMPANY_ONLY,
            CONTACT_ONLY,
            INVALID_INPUT,
            OWN_FILTER,
            ONE_RECORD,
            SERVICE_ERROR,
            NO_STATUS,
            NEGATIVE_ID,
            NO_BULK,
            JOB_FAILED,
            PAGE_FAILED,
            PAGE_GAP,
            LARGE_PAGES,
            CAPITALS);

    private ZoomInfoQuirks() {}
}
