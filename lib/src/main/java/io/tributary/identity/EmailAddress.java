package io.tributary.identity;

/**
 * A mailbox that may be sent to a provider.
 *
 * @param deliverable the address as its owner writes it, with the host in ASCII and lower case
 * @param canonical the one spelling by which the mailbox is known; see {@link EmailReader}
 * @param host the host in ASCII and lower case
 * @param sharedRole whether the local part names a function such as {@code info}, so that several people may read it
 */
record EmailAddress(String deliverable, String canonical, String host, boolean sharedRole) {
    @Override
    public String toString() {
        return "e-mail";
    }
}
