package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The other side is openssl, whose form n8n stores its credentials in. */
class N8nCanaryTest {

  private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);

  @Test
  void aCredentialOpensWithItsKeyAndWithNoOther() throws Exception {
    String stored = encrypted("{\"user\": \"größe\"}");
    assertThat(N8nCanary.open(stored, KEY)).isEqualTo(N8nCanary.Answer.OPENS);
    assertThat(N8nCanary.open(stored, "another".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(N8nCanary.Answer.REFUSED);
  }

  @Test
  void whatIsNoDocumentInsideIsRefused() throws Exception {
    assertThat(N8nCanary.open(encrypted("no document"), KEY)).isEqualTo(N8nCanary.Answer.REFUSED);
  }

  @Test
  void anotherFormIsSaidToBeStrange() {
    assertThat(N8nCanary.open("U2FsdGVkX1+made+up", KEY)).isEqualTo(N8nCanary.Answer.STRANGE);
    assertThat(N8nCanary.open("{}", KEY)).isEqualTo(N8nCanary.Answer.STRANGE);
    assertThat(N8nCanary.open("", KEY)).isEqualTo(N8nCanary.Answer.STRANGE);
  }

  private static String encrypted(String text) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "enc",
                "-aes-256-cbc",
                "-md",
                "md5",
                "-salt",
                "-a",
                "-A",
                "-pass",
                "pass:a key")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var input = openssl.getOutputStream()) {
      input.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String answer = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return answer.strip();
  }
}
