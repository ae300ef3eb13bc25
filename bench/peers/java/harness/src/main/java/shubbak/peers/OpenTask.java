package shubbak.peers;

/** A task that waits: its identifier, and its identifier in the diagram. */
record OpenTask(String id, String activity) {}
