package io.tributary.identity;

import java.util.Optional;
import java.util.Set;

/** The registrable domain of a company, from its site or from the mail hosts of its people. */
final class CompanyDomains {
    /** Sites on which companies have a page: the domain is the site's, whatever stands in the website column. */
    private static final Set<String> PAGES_OF_OTHERS = Set.of(
            "about.me",
            "angel.co",
            "apps.apple.com",
            "beacons.ai",
            "bit.ly",
            "blogspot.com",
            "bsky.app",
            "calendly.com",
            "carrd.co",
            "crunchbase.com",
            "discord.com",
            "discord.gg",
            "docs.google.com",
            "drive.google.com",
            "etsy.com",
            "facebook.com",
            "fb.com",
            "fb.me",
            "forms.gle",
            "g.page",
            "github.com",
            "gitlab.com",
            "glassdoor.com",
            "goo.gl",
            "indeed.com",
            "instagram.com",
            "itunes.apple.com",
            "linkedin.com",
            "linktr.ee",
            "lnkd.in",
            "maps.google.com",
            "mastodon.social",
            "medium.com",
            "notion.site",
            "notion.so",
            "pinterest.com",
            "play.google.com",
            "plus.google.com",
            "sites.google.com",
            "t.co",
            "t.me",
            "threads.net",
            "tiktok.com",
            "tinyurl.com",
            "tumblr.com",
            "twitter.com",
            "vimeo.com",
            "vk.com",
            "wa.me",
            "weebly.com",
            "weibo.com",
            "wellfound.com",
            "wikipedia.org",
            "wixsite.com",
            "wordpress.com",
            "x.com",
            "xing.com",
            "yelp.com",
            "youtu.be",
            "youtube.com");

    /** Where a hosting company's own site stands among its customers' domains: {@code www.uk.com}. */
    private static final String SITE_OF_A_SUFFIX = "www.";

    private final PublicSuffixes suffixes;
    private final MailHosts mailHosts;
    private final ReservedHosts reserved;

    CompanyDomains(PublicSuffixes suffixes, MailHosts mailHosts, ReservedHosts reserved) {
        this.suffixes = suffixes;
        this.mailHosts = mailHosts;
        this.reserved = reserved;
    }

    /** The domain behind a website column: a URL, a host, or an e-mail address that stands there by mistake. */
    Reading<String> ofWebsite(String text) {
        Optional<String> host = HostName.ofUrl(text);
        if (host.isEmpty()) {
            return Reading.refused("not_a_host");
        }
        return isPageOfOthers(host.get()) ? Reading.refused("page_of_others") : ofHost(host.get());
    }

    /** The domain behind the ASCII host of a site or of an e-mail address. */
    Reading<String> ofHost(String host) {
        Optional<String> refusal = reserved.refusal(host);
        if (refusal.isPresent()) {
            return Reading.refused(refusal.get());
        }
        Optional<String> domain = suffixes.registrableDomain(host)
                .filter(name -> HostName.isRegistrable(name) && !name.startsWith(SITE_OF_A_SUFFIX));
        if (domain.isEmpty()) {
            return Reading.refused("public_suffix");
        }
        return mailHosts.saysNothingOfAnEmployer(host, domain.get())
                ? Reading.refused("free_mail_host")
                : Reading.of(domain.get());
    }

    private static boolean isPageOfOthers(String host) {
        for (String name = host; !name.isEmpty(); name = HostName.parent(name)) {
            if (PAGES_OF_OTHERS.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
