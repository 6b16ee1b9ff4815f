package io.tributary.provider;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How a provider's pending answers are fetched.
 *
 * @param patience how long a run waits for them; empty where only a later run fetches them
 * @param poll how the accepted job is asked for; empty where the same request, made again, brings the answer
 */
record PendingRule(Optional<Poll> poll, Optional<Patience> patience) {
    /**
     * @param job where the response that accepts a job names it
     * @param request asks for the job
     * @param rules what the job's responses mean; before the provider's own rules
     * @param items where the items lie in a finished job of a batch
     * @param result where the subject lies in a finished job, or in an item of it
     * @param pages how its pages are found; empty where a job comes whole
     * @param pageRequest asks for a page; empty where the request for the job does
     * @param miss one of these must hold in a finished job that found nobody
     */
    record Poll(
            NodePath job,
            RequestTemplate request,
            List<Rule> rules,
            NodePath items,
            NodePath result,
            Optional<PageRule> pages,
            Optional<RequestTemplate> pageRequest,
            List<Condition> miss) {
        Poll {
            rules = List.copyOf(rules);
            miss = List.copyOf(miss);
        }

        Poll at(URI base) {
            return new Poll(
                    job, request.at(base), rules, items, result, pages, pageRequest.map(page -> page.at(base)), miss);
        }
    }

    PendingRule at(URI base) {
        return new PendingRule(poll.map(each -> each.at(base)), patience);
    }
}
