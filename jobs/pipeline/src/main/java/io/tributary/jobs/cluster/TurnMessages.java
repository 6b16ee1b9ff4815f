package io.tributary.jobs.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Questions of tasks whether they may begin, and answers, as bytes. Both ends are of one version. */
final class TurnMessages {
    /** No message of another kind begins so. */
    private static final byte KIND = 'T';

    private TurnMessages() {}

    /** @param attempt Spark's number of the task, which grows with each that is started */
    record Question(String run, int stage, int partition, long attempt) {}

    static boolean isQuestion(byte[] message) {
        return message.length > 0 && message[0] == KIND;
    }

    static byte[] question(Question question) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(KIND);
            out.writeUTF(question.run());
            out.writeInt(question.stage());
            out.writeInt(question.partition());
            out.writeLong(question.attempt());
        }
        return bytes.toByteArray();
    }

    static Question question(byte[] message) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
        in.readByte();
        return new Question(in.readUTF(), in.readInt(), in.readInt(), in.readLong());
    }

    static byte[] answer(boolean yes) {
        return new byte[] {KIND, (byte) (yes ? 1 : 0)};
    }

    /** @throws IOException if the driver said something else */
    static boolean answer(byte[] message) throws IOException {
        if (message.length != 2 || message[0] != KIND) {
            throw new IOException("the driver did not say whether a task may begin");
        }
        return message[1] == 1;
    }
}
