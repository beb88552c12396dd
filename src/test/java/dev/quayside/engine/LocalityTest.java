package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalityTest {

  private static Locality guessing(boolean local) {
    return new Locality(
        new EngineInfo("unix:///run/x.sock", "1", "1.50", "linux", "x", "2", "", false, local, ""));
  }

  @Test
  void aContainerThatKeepsCrashingDoesNotMakeAProvenEngineRemote() {
    Locality locality = guessing(false);
    locality.saw(true);
    for (int i = 0; i < 10; i++) {
      locality.saw(false);
    }

    assertThat(locality.info().local()).isTrue();
  }

  @Test
  void anEngineWhoseProcessesAreNeverHereIsRemote() {
    Locality locality = guessing(true);
    locality.saw(false);
    locality.saw(null);
    locality.saw(false);
    assertThat(locality.info().local()).isTrue();
    locality.saw(false);

    assertThat(locality.info().local()).isFalse();
  }
}
