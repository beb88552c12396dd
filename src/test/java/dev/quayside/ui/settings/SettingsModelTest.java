package dev.quayside.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.common.SettingsStore;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsModelTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @TempDir Path folder;
  private SettingsStore store;
  private SettingsModel model;

  @BeforeEach
  void open() {
    store = SettingsStore.open(new Home(folder.resolve("config"), folder, folder), timer);
    model = new SettingsModel(store);
  }

  @AfterEach
  void stop() {
    store.close();
    timer.shutdownNow();
  }

  private void type(String words) {
    model.engine().set(words);
    model.takeEngine("Address");
  }

  @Test
  void anAddressIsKeptWhenItIsTakenAndNotAtEveryLetter() {
    for (String typed : new String[] {"ssh://u", "ssh://us", "ssh://user@host"}) {
      model.engine().set(typed);
      assertThat(store.feed().latest().engine()).isNull();
    }
    model.takeEngine("Address");
    assertThat(store.feed().latest().engine()).isEqualTo("ssh://user@host");
    assertThat(model.engineChanged().get()).isTrue();
    assertThat(model.engineProblem().get()).isNull();
  }

  @Test
  void whatIsNoAddressIsNotKeptAndSaysWhy() {
    type("unix:///run/docker.sock");
    type("ftp://host");
    assertThat(store.feed().latest().engine()).isEqualTo("unix:///run/docker.sock");
    assertThat(model.engineProblem().get().code()).isEqualTo("ENGINE-ADDRESS-INVALID");

    type(" ");
    assertThat(store.feed().latest().engine()).isNull();
    assertThat(model.engineProblem().get()).isNull();
    assertThat(model.engineChanged().get()).isFalse();
  }
}
