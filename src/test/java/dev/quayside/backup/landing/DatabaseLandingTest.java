package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.BackupScope;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill left running in the server is over before anybody looks where the old set is. */
class DatabaseLandingTest {

  private static final LandingRecord.DatabaseSwap SWAP =
      LandingRecord.DatabaseSwap.of("databases/app.dump", "db", "app", "0a1b2c3d-rest", 1);

  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();
  private List<String> names = List.of("app", SWAP.fresh());
  private int leftovers;
  private JournaledEngine engine;
  private Intent intent;

  @BeforeEach
  void prepare() throws Exception {
    Home home = Home.locate(folder, Map.of(), folder);
    home.create();
    intent = Journal.open(home, () -> Instant.EPOCH).begin("backup.land", "shop", Map.of());
    engine =
        new JournaledEngine(
            (EngineControl)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {EngineControl.class},
                    (_, _, arguments) -> answer((ExecRequest) arguments[0])));
  }

  @Test
  void aRenameThatWasInFlightIsPutBackToo() throws Exception {
    leftovers = 2;
    DatabaseLanding landing = landing();
    assertThat(leftovers).isZero();
    assertThat(landing.back(SWAP)).isTrue();
    assertThat(said).anyMatch(one -> one.contains(renamed(SWAP.kept(), "app")));
  }

  @Test
  void everySessionOfOursCanBeToldFromOthers() throws Exception {
    DatabaseLanding landing = landing();
    landing.forward(SWAP);
    landing.clear(SWAP);
    assertThat(said)
        .filteredOn(one -> one.contains("--single-transaction") || one.contains("drop"))
        .hasSize(3)
        .allMatch(one -> one.contains("application_name='" + SWAP.fresh() + "'"));
  }

  @Test
  void whatIsKeptIsNotForgotten() throws Exception {
    names = List.of("app", SWAP.kept());
    DatabaseLanding landing = landing();
    assertThatThrownBy(() -> landing.clear(SWAP))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("LANDING-OLD-ASIDE"));
    assertThat(said).noneMatch(one -> one.contains("drop"));
  }

  private static String renamed(String from, String to) {
    return "alter database \"" + from + "\" rename to \"" + to + "\"";
  }

  private DatabaseLanding landing() throws Exception {
    return DatabaseLanding.on(
        engine,
        intent,
        new BackupScope.Postgres("db", new ContainerId("db"), "app", "app", null, null, List.of()),
        SWAP);
  }

  /** The leftover session ends by committing: then the names are others. */
  private ExecResult answer(ExecRequest request) throws IOException {
    String all = String.join(" ", request.command());
    said.add(all);
    String answer = "";
    if (all.contains("json_build_object")) {
      answer =
          names.stream()
              .map(one -> "{\"name\":\"" + one + "\",\"size\":1,\"open\":true}")
              .collect(Collectors.joining(",", "{\"version\":\"15\",\"databases\":[", "]}"));
    } else if (all.contains("and application_name = '" + SWAP.fresh() + "'")) {
      answer = Integer.toString(leftovers);
      if (leftovers > 0) {
        names = List.of("app", SWAP.kept());
        leftovers--;
      }
    }
    request.output().write(answer.getBytes(StandardCharsets.UTF_8));
    return new ExecResult(0, "", false);
  }
}
