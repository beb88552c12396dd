package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.engine.LogChunk.Source;
import dev.quayside.engine.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HttpParsingTest {

  /** Gives its bytes in pieces of random size, as a socket does. */
  private static InputStream pieces(byte[] bytes, long seed) {
    Random random = new Random(seed);
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
      }
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static BodyStream body(byte[] bytes, Map<String, String> headers, long seed)
      throws IOException {
    return new BodyStream(
        new WireReader(pieces(bytes, seed)), new ResponseHead(200, headers), () -> {});
  }

  private static byte[] chunked(byte[] content, Random random) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int at = 0; at < content.length; ) {
      int size = Math.min(content.length - at, 1 + random.nextInt(50));
      wire.writeBytes(
          ascii(Integer.toHexString(size) + (random.nextBoolean() ? ";name=value" : "") + "\r\n"));
      wire.write(content, at, size);
      wire.writeBytes(ascii("\r\n"));
      at += size;
    }
    wire.writeBytes(ascii("0\r\n" + (random.nextBoolean() ? "Trailer: x\r\n" : "") + "\r\n"));
    return wire.toByteArray();
  }

  @Property(tries = 300)
  void chunksComeOutAsTheyWentIn(@ForAll @Size(max = 400) byte[] content, @ForAll long seed)
      throws IOException {
    byte[] wire = chunked(content, new Random(seed));

    assertThat(body(wire, Map.of("transfer-encoding", "chunked"), seed).readAllBytes())
        .isEqualTo(content);
  }

  @Property(tries = 300)
  void aCutBodyIsAnErrorAndNeverAShortBody(
      @ForAll @Size(min = 1, max = 200) byte[] content, @ForAll long seed) throws IOException {
    byte[] wire = chunked(content, new Random(seed));
    byte[] cut = Arrays.copyOf(wire, new Random(~seed).nextInt(wire.length));

    assertThatThrownBy(() -> body(cut, Map.of("transfer-encoding", "chunked"), seed).readAllBytes())
        .isInstanceOf(IOException.class);
    byte[] fixed = Arrays.copyOf(content, content.length - 1);
    assertThatThrownBy(() ->
            body(fixed, Map.of("content-length", Integer.toString(content.length)), seed)
                .readAllBytes())
        .isInstanceOf(HttpFormatException.class);
  }

  @Property(tries = 200)
  void headersSurvive(
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 99999) Integer> values,
      @ForAll long seed)
      throws IOException {
    StringBuilder wire = new StringBuilder("HTTP/1.1 204 No Content\r\n");
    for (int i = 0; i < values.size(); i++) {
      wire.append("X-Number-").append(i).append(": \t").append(values.get(i)).append(" \r\n");
    }

    ResponseHead head = ResponseHead.read(new WireReader(pieces(ascii(wire + "\r\n"), seed)));

    assertThat(head.status()).isEqualTo(204);
    for (int i = 0; i < values.size(); i++) {
      assertThat(head.header("x-number-" + i)).isEqualTo(values.get(i).toString());
    }
  }

  @Property(tries = 300)
  void framesComeOutAsTheyWentIn(
      @ForAll @Size(max = 20) List<@Size(max = 100) byte[]> frames, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      boolean error = random.nextBoolean();
      wire.writeBytes(new byte[] {(byte) (error ? 2 : 1), 0, 0, 0, 0, 0, 0, (byte) frame.length});
      wire.writeBytes(frame);
      (error ? errors : output).writeBytes(frame);
    }
    ByteArrayOutputStream gotOutput = new ByteArrayOutputStream();
    ByteArrayOutputStream gotErrors = new ByteArrayOutputStream();

    new FrameReader(
            pieces(wire.toByteArray(), seed),
            (source, buffer, length, starts) ->
                (source == Source.OUTPUT ? gotOutput : gotErrors).write(buffer, 0, length))
        .readFrames();

    assertThat(gotOutput.toByteArray()).isEqualTo(output.toByteArray());
    assertThat(gotErrors.toByteArray()).isEqualTo(errors.toByteArray());
  }

  /** Feeds noise, and good input with a few flipped bytes, to everything that reads from a wire. */
  @Property(tries = 2000)
  void noiseLeadsToNothingButIoExceptions(
      @ForAll @Size(max = 300) byte[] noise, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] good =
        ascii(
            "HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + "Content-Type: application/json\r\n\r\n"
                + "1c\r\n"
                + "{\"Id\":\"a\",\"Names\":[\"/b\"],1:\r\n"
                + "0\r\n\r\n");
    for (int i = 0; i < 3; i++) {
      good[random.nextInt(good.length)] = (byte) random.nextInt(256);
    }
    onlyIoExceptions(() -> readAnswer(noise, seed));
    onlyIoExceptions(() -> readAnswer(good, seed));
    onlyIoExceptions(() -> new FrameReader(pieces(noise, seed), (a, b, c, d) -> {}).readFrames());
    onlyIoExceptions(() -> JsonLines.read(pieces(noise, seed), EventJson::read));
    onlyIoExceptions(() -> {
      Json json = Json.parse(noise);
      ContainerJson.fromList(json);
      InspectionJson.read(json);
      StatsJson.read(json);
      EventJson.read(json);
    });
  }

  private static void readAnswer(byte[] bytes, long seed) throws IOException {
    WireReader reader = new WireReader(pieces(bytes, seed));
    new BodyStream(reader, ResponseHead.read(reader), () -> {}).readAllBytes();
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void onlyIoExceptions(Reading reading) {
    try {
      reading.run();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotNull();
    }
  }

  @Example
  void whatNoEngineSendsIsRefused() {
    for (String head :
        List.of(
            "HTTP/1.1 200 OK\nA: b\n\n",
            "HTTP/2 200\r\n\r\n",
            "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: " + "x".repeat(20_000) + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(101) + "\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n")) {
      assertThatThrownBy(() -> readAnswer(ascii(head), 1))
          .as(head)
          .isInstanceOf(HttpFormatException.class);
    }
  }

  @Example
  void aFrameThatClaimsFourGigabytesTakesNoMemoryForThem() {
    byte[] lie = {1, 0, 0, 0, -1, -1, -1, -1, 'x'};

    assertThatThrownBy(
            () -> new FrameReader(new ByteArrayInputStream(lie), (a, b, c, d) -> {}).readFrames())
        .isInstanceOf(HttpFormatException.class)
        .hasMessageContaining("cut");
  }

  @Example
  void jsonThatIsNestedTooDeeplyIsRefused() {
    assertThatThrownBy(() -> Json.parse(ascii("[".repeat(1000) + "]".repeat(1000))))
        .isInstanceOf(IOException.class);
  }

  @Example
  void aJsonErrorDoesNotQuoteTheText() {
    assertThatThrownBy(() -> Json.parse(ascii("{\"password\":hunter2}")))
        .message()
        .doesNotContain("hunter2");
  }
}
