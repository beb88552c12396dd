package dev.quayside.engine.socket;

import dev.quayside.engine.json.Json;
import dev.quayside.engine.json.JsonFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads JSON texts that stand one on each line, as the engine streams them. */
final class JsonLines {

  private static final int LONGEST = 1024 * 1024;

  private JsonLines() {}

  /** Reads up to the end of the stream; an empty line is passed over, a broken one is an error. */
  static void read(InputStream stream, Consumer<Json> sink) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    byte[] line = new byte[4096];
    int count = 0;
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          emit(line, count, sink);
          count = 0;
        } else {
          line = room(line, count);
          line[count++] = buffer[i];
        }
      }
    }
    emit(line, count, sink);
  }

  private static byte[] room(byte[] line, int count) throws HttpFormatException {
    if (count < line.length) {
      return line;
    }
    if (count >= LONGEST) {
      throw new HttpFormatException("a JSON text of more than " + LONGEST + " bytes");
    }
    return Arrays.copyOf(line, Math.min(LONGEST, count * 2));
  }

  private static void emit(byte[] line, int count, Consumer<Json> sink) throws JsonFormatException {
    byte[] text = Arrays.copyOf(line, count);
    if (!new String(text, StandardCharsets.ISO_8859_1).isBlank()) {
      sink.accept(Json.parse(text));
    }
  }
}
