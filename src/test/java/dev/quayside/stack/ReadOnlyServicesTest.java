package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadOnlyServicesTest {

  @Test
  void onlyServicesWithAReadOnlyRootAreNamed() {
    String project =
        """
        {"name": "p", "services": {
          "shut": {"environment": {"read_only": "x"}, "read_only": true, "ports": []},
          "open": {"read_only": false, "volumes": [{"read_only": true}]},
          "usual": {"image": "i"}},
         "volumes": {"read_only": true}}
        """;

    assertThat(ReadOnlyServices.parse(project.toCharArray())).containsExactly("shut");
  }
}
