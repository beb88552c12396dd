package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentMaskTest {

  @Test
  void masksWhatLooksLikeASecret() {
    assertThat(
            ArgumentMask.mask(
                List.of(
                    "redis-server",
                    "--requirepass",
                    "hunter2",
                    "--api-key=abc",
                    "TOKEN=x",
                    "--port",
                    "6379")))
        .containsExactly(
            "redis-server",
            "--requirepass",
            "••••",
            "--api-key=••••",
            "TOKEN=••••",
            "--port",
            "6379");
  }

  @Test
  void masksPasswordsInAddressesAndScripts() {
    assertThat(
            ArgumentMask.mask(
                List.of("sh", "-c", "redis-cli --requirepass hunter2 ping", "db://u:pw@h/d")))
        .containsExactly("sh", "-c", "redis-cli --requirepass •••• ping", "db://u:••••@h/d");
  }

  @Test
  void leavesTheRestAlone() {
    List<String> plain = List.of("serve", "--model", "llama", "--max-tokens", "4096", "a=b");
    assertThat(ArgumentMask.mask(plain)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "export LITELLM_MASTER_KEY=HIDDEN && exec x | export LITELLM_MASTER_KEY=•••• && exec x",
        "export A='HIDDEN TOO' WEBUI_SECRET_KEY='HIDDEN TOO'; x | export A='HIDDEN TOO'"
            + " WEBUI_SECRET_KEY='••••'; x",
        "serve --secret-key HIDDEN --port 80 | serve --secret-key •••• --port 80",
        "serve --access-key \"HIDDEN\" x | serve --access-key \"••••\" x",
        "serve --encryption-key=HIDDEN x | serve --encryption-key=•••• x",
        "Authorization: Bearer HIDDEN | Authorization: Bearer ••••",
        "Authorization: Basic HIDDEN= | Authorization: Basic ••••",
        "Authorization: HIDDEN | Authorization: ••••",
        "curl -H 'authorization: bearer HIDDEN' http://x | curl -H 'authorization: bearer ••••'"
            + " http://x",
        "X-Api-Key: HIDDEN | X-Api-Key: ••••",
        "http://x/y?token=HIDDEN | http://x/y?token=••••",
        "http://x/y?a=1&api_key=HIDDEN | http://x/y?a=1&api_key=••••",
        "{\"apiKey\":\"HIDDEN\",\"n\":1} | {\"apiKey\":\"••••\",\"n\":1}",
        "--jwt-key=HIDDEN VALUE | --jwt-key=••••",
        "db://u:p@HIDDEN@h/d | db://u:••••@h/d",
        "redis-server --requirepass $REDIS_PASSWORD --port 1 | redis-server --requirepass"
            + " $REDIS_PASSWORD --port 1",
        "redis-server --requirepass $HIDDEN$ | redis-server --requirepass ••••"
      })
  void masksASecretWhereverItStands(String argument, String masked) {
    assertThat(ArgumentMask.mask(List.of("sh", "-c", argument)))
        .containsExactly("sh", "-c", masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--secret-key",
        "--access-key",
        "--encryption-key",
        "--hf-token",
        "-password",
        "--db-pass",
        "--masterKey"
      })
  void masksTheArgumentAfterATellingOption(String option) {
    assertThat(ArgumentMask.mask(List.of("x", option, "hidden", "shown")))
        .containsExactly("x", option, "••••", "shown");
  }

  @Test
  void whatSaysWhereASecretIsOrHowManyTokensThereAreIsNone() {
    List<String> plain =
        List.of(
            "--ssl-key-file",
            "/certs/key.pem",
            "--api-key-file=/run/secrets/key",
            "--max-num-batched-tokens=8192",
            "--tokenizer",
            "mistral",
            "sh -c 'serve --max-tokens 4096 --tokenizer-mode=auto'",
            "--bypass",
            "cache");
    assertThat(ArgumentMask.mask(plain)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"passw", "a-", "token", "--token ", "authorization:", "://", "bearer "})
  void aLongArgumentOfTellingWordsCostsNoMoreThanItsLength(String word) {
    assertThat(ArgumentMask.mask(List.of(word.repeat(100_000)))).hasSize(1);
  }
}
