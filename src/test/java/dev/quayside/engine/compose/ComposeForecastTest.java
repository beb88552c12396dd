package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComposeForecastTest {

  @Test
  void whatADryRunSaysOfContainersIsRead() {
    ComposeForecast forecast =
        read(
            """
             DRY-RUN MODE -  Network p_default  Created
             DRY-RUN MODE -  Container p-a-1  Recreate
             DRY-RUN MODE -  Container p-b-1  Running
             DRY-RUN MODE -  Container p-a-1  Recreated
             DRY-RUN MODE -  Container 0559b5a2967c_p-a-1  Starting
            """);

    assertThat(forecast.recreated()).containsExactly("p-a-1");
    assertThat(forecast.told()).containsExactlyInAnyOrder("p-a-1", "p-b-1", "0559b5a2967c_p-a-1");
  }

  @Test
  void ofWhatItWordsInAnotherWayNothingIsTold() {
    ComposeForecast forecast = read("would make p-a-1 anew\n[+] p-b-1 is up to date\n");

    assertThat(forecast.told()).isEmpty();
    assertThat(forecast.recreated()).isEmpty();
  }

  private static ComposeForecast read(String lines) {
    ComposeForecast.Builder builder = new ComposeForecast.Builder();
    lines.lines().forEach(builder::line);
    return builder.build();
  }
}
