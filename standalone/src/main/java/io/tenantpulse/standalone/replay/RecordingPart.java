package io.tenantpulse.standalone.replay;

/**
 * Which part of which recording a file is; every file that a {@link RecordingWriter} writes says so in its first line.
 *
 * @param recording tells one recording from every other
 * @param number from 1
 */
record RecordingPart(String recording, int number) {}
