package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
