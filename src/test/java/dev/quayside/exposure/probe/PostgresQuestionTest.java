package dev.quayside.exposure.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Secret;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.exposure.probe.Wire.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol without a server; the real one is asked in the bed. */
class PostgresQuestionTest {

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private static byte[] message(char type, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.write(type);
    data.writeInt(body.length + 4);
    data.write(body);
    return bytes.toByteArray();
  }

  private static byte[] authentication(int kind, byte... rest) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    new DataOutputStream(body).writeInt(kind);
    body.write(rest);
    return message('R', body.toByteArray());
  }

  private static byte[] error(String state) throws IOException {
    return message(
        'E', ("SFATAL\0C" + state + "\0Mpassword authentication failed\0\0").getBytes(US_ASCII));
  }

  private Reply ask(String password, byte[]... answers) throws IOException {
    Wire wire = new Wire(new ByteArrayInputStream(HttpQuestion.joined(answers)), sent);
    if (password == null) {
      return PostgresQuestion.ask(wire, "n8n", "n8n", null);
    }
    try (Secret secret = Secret.owning(password.toCharArray())) {
      return PostgresQuestion.ask(wire, "n8n", "n8n", secret);
    }
  }

  @Test
  void trustIsAcceptedWithoutAPassword() throws Exception {
    assertThat(ask(null, authentication(0)).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({"3, cleartext", "5, md5", "10, SCRAM-SHA-256"})
  void whatAsksForAPasswordIsGivenNone(int kind, String code) throws Exception {
    Reply reply = ask(null, authentication(kind, (byte) 1, (byte) 2, (byte) 3, (byte) 4));
    assertThat(reply).isEqualTo(new Reply(Verdict.REFUSED, code));
    assertThat(sent.size()).as("the startup message alone").isEqualTo(startup());
  }

  private static int startup() {
    return 8 + "user\0n8n\0database\0n8n\0\0".length();
  }

  @Test
  void md5IsTheHashThatTheManualDescribes() throws Exception {
    byte[] salt = {1, 2, 3, 4};
    assertThat(ask("secret", authentication(5, salt), authentication(0)).verdict())
        .isEqualTo(Verdict.ACCEPTED);
    // md5(md5("secretn8n") || salt), counted by another program.
    assertThat(sent.toString(US_ASCII)).contains("md5" + expectedMd5());
  }

  private static String expectedMd5() throws Exception {
    var md = java.security.MessageDigest.getInstance("MD5");
    String inner = java.util.HexFormat.of().formatHex(md.digest("secretn8n".getBytes(US_ASCII)));
    md.update(inner.getBytes(US_ASCII));
    return java.util.HexFormat.of().formatHex(md.digest(new byte[] {1, 2, 3, 4}));
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, REFUSED",
    "28000, REFUSED",
    "3D000, ACCEPTED",
    "53300, UNCLEAR",
    "57P03, UNCLEAR"
  })
  void anErrorIsJudgedByItsSqlState(String state, Verdict verdict) throws Exception {
    assertThat(ask("secret", authentication(3), error(state))).isEqualTo(new Reply(verdict, state));
  }

  @Test
  void aServerThatDoesNotProveItKnowsThePasswordIsNoProof() throws Exception {
    byte[] offer = "SCRAM-SHA-256\0\0".getBytes(US_ASCII);
    // Its nonce does not begin with ours.
    byte[] challenge = "r=elsewhere,s=c2FsdA==,i=4096".getBytes(US_ASCII);
    assertThatThrownBy(
            () -> ask("secret", authentication(10, offer), authentication(11, challenge)))
        .isInstanceOf(IOException.class);
    assertThat(ask("secret", authentication(12, "v=AAAA".getBytes(US_ASCII))).verdict())
        .isEqualTo(Verdict.UNCLEAR);
    // Lets in whoever comes, and skips its proof.
    assertThat(ask("secret", authentication(10, offer), authentication(0)).verdict())
        .isEqualTo(Verdict.UNCLEAR);
    assertThat(ask("secret", authentication(10, offer), error("3D000")).verdict())
        .isEqualTo(Verdict.UNCLEAR);
  }

  @Test
  void theRoundsOfAHostileChallengeAreBounded() throws Exception {
    Scram scram = new Scram("abc");
    try (Secret password = Secret.owning("secret".toCharArray())) {
      assertThatThrownBy(
              () -> scram.answer("r=abcdef,s=c2FsdA==,i=2000000000".getBytes(US_ASCII), password))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, -1, Integer.MAX_VALUE})
  void aLengthThatCannotBeIsNotRead(int length) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.write('R');
    data.writeInt(length);
    assertThat(ask(null, bytes.toByteArray()))
        .isEqualTo(new Reply(Verdict.UNCLEAR, "no PostgreSQL"));
  }

  @Test
  void noticesWithoutEndAreNotReadForEver() throws Exception {
    byte[] notice = message('N', new byte[] {0});
    byte[][] many = new byte[100][];
    Arrays.fill(many, notice);
    assertThat(ask(null, many).verdict()).isEqualTo(Verdict.UNCLEAR);
  }

  @Test
  void anHttpServerIsNoPostgres() throws Exception {
    assertThat(ask(null, "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)))
        .isEqualTo(new Reply(Verdict.UNCLEAR, "no PostgreSQL"));
  }
}
