package dev.quayside.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaledEngineTest {

  @TempDir private Path folder;

  @Test
  void aStepNamesTheProgramAndItsArgumentsButNoScript() throws Exception {
    assertThat(recorded("python3", "-c", "import socket\nprint(1)\n", "gateway", "4000"))
        .isEqualTo("python3 -c … gateway 4000");
    assertThat(recorded("psql", "--username=n8n", "--command=select " + "x".repeat(200)))
        .isEqualTo("psql --username=n8n --command=…");
    assertThat(recorded("pg_dump", "--format=custom")).isEqualTo("pg_dump --format=custom");
  }

  private String recorded(String... command) throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    Journal journal = Journal.open(home, () -> Instant.EPOCH);
    Intent intent = journal.begin("test", "stack", Map.of());
    EngineControl control =
        (EngineControl)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EngineControl.class},
                (proxy, method, arguments) -> new ExecResult(0, "", false));
    new JournaledEngine(control)
        .exec(
            intent,
            new ExecRequest(
                new ContainerId("c"),
                List.of(command),
                Map.of(),
                null,
                null,
                OutputStream.nullOutputStream(),
                Duration.ofSeconds(1)));
    return journal.entries().stream()
        .filter(entry -> entry.details().containsKey("command"))
        .reduce((first, last) -> last)
        .orElseThrow()
        .details()
        .get("command");
  }
}
