package io.tributary.journal;

class MemoryJournalStoreTest extends JournalStoreContract {
    @Override
    protected JournalStore store() {
        return new MemoryJournalStore();
    }
}
