package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LoggingTest {

  @Test
  void onlyTheWarningOfTheClassPathIsKeptOffTheTerminal() {
    Logger toolkit = Logger.getLogger("javafx");
    List<String> said = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            said.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    toolkit.addHandler(handler);
    toolkit.setUseParentHandlers(false);
    try {
      Logging.withoutClassPathWarning();
      toolkit.warning("Unsupported JavaFX configuration: classes were loaded from 'x'");
      toolkit.warning("Something else");
      assertThat(said).containsExactly("Something else");
    } finally {
      toolkit.setFilter(null);
      toolkit.setUseParentHandlers(true);
      toolkit.removeHandler(handler);
    }
  }
}
