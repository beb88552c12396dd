package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class DialerTest {

  @Test
  void aMachineThatWentAwayIsAskedForWithinAMinute() throws Exception {
    try (Socket socket = new Socket()) {
      Dialer.keepAlive(socket);

      assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(10);
    }
  }
}
