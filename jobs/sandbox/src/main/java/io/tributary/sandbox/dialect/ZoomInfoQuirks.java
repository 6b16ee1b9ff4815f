package io.tributary.sandbox.dialect;

import java.util.List;

/** The habits of ZoomInfo's two surfaces. Those that end a run, or last for all of it, are off unless they are asked for. */
final class ZoomInfoQuirks {
    private static final double SOME = 0.02;

    static final Quirk LIMIT_EXCEEDED =
            Quirk.ending("limit-exceeded", "credits are gone for an item inside a 200; it is not billed");
    static final Quirk CREDIT_LIMIT = Quirk.ending("credit-limit", "credits are gone for a call, told as a 400");
    static final Quirk FIELD_REFUSED = Quirk.ending(
            "field-refused", "the account may not see an output field, which fails each request that asks for it");
    static final Quirk OPT_OUT = Quirk.habit("opt-out", SOME, "a person may never be spoken of");
    static final Quirk COMPANY_ONLY =
            Quirk.habit("company-only", SOME, "the person is not found, but what is known of the company is given");
    static final Quirk CONTACT_ONLY = Quirk.habit("contact-only", SOME, "a person is found without a company");
    static final Quirk INVALID_INPUT = Quirk.habit("invalid-input", SOME, "an input that looks good is none");
    static final Quirk OWN_FILTER = Quirk.habit(
            "own-filter", SOME, "a contact that is found is kept back by a filter of the account: NON_MATCH_BY_…");
    static final Quirk ONE_RECORD = Quirk.habit(
            "one-record", SOME, "an input resolves to the contact that all such inputs of its company resolve to");
    static final Quirk QUOTA_UNKNOWN = Quirk.habit("quota-unknown", SOME, "what is left of the windows is told as -1");
    static final Quirk WARNINGS = Quirk.habit("warnings", SOME, "an item carries warnings about its input");
    static final Quirk TIMEOUT = Quirk.habit("timeout", SOME, "a call of more than one input is too large: 504");

    static final Quirk SERVICE_ERROR =
            Quirk.habit("service-error", SOME, "an item fails inside a 200 the first time that it is asked");
    static final Quirk NO_STATUS =
            Quirk.habit("no-status", SOME, "a found or missed item has no matchStatus, as on older accounts");
    static final Quirk NEGATIVE_ID = Quirk.habit("negative-id", SOME, "the id of a record is negative");
    static final Quirk NO_BULK = Quirk.ending("no-bulk", "bulk jobs are not in the subscription: 403");
    static final Quirk JOB_FAILED = Quirk.habit("job-failed", SOME, "a bulk job fails, and nothing of it is billed");
    static final Quirk PAGE_FAILED =
            Quirk.habit("page-failed", SOME, "a page of a job fails: its records are on no page, and are not billed");
    static final Quirk PAGE_GAP = Quirk.habit("page-gap", SOME, "the numbers of a job's pages leave one out");
    static final Quirk LARGE_PAGES = Quirk.habit("large-pages", SOME, "the pages of a job hold 1000 records, not 500");
    static final Quirk CAPITALS = Quirk.habit("capitals", SOME, "the status of a job is in capital letters");

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
