package io.tributary.journal;

class MemoryJournalStoreTest extends JournalStoreContract {
    @Override
    JournalStore store() {
        return new MemoryJournalStore();
    }
}
