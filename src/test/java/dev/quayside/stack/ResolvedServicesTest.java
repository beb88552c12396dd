package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResolvedServicesTest {

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

    assertThat(ResolvedServices.parse(project.toCharArray()).readOnly()).containsExactly("shut");
  }

  @Test
  void anImageThatIsThereUnderItsFullNameIsNotFetched() {
    String project =
        """
        {"services": {
          "plain": {"image": "postgres"},
          "tagged": {"image": "docker.io/library/redis:7"},
          "registry": {"image": "localhost:5000/own/tool"},
          "exact": {"image": "a/b@sha256:00"},
          "absent": {"image": "a/b:2"},
          "built": {"build": {"context": "."}, "labels": {"image": "x"}}}}
        """;
    Set<String> there =
        Set.of("postgres:latest", "redis:7", "localhost:5000/own/tool:latest", "a/b@sha256:00");

    assertThat(
            ResolvedServices.parse(project.toCharArray())
                .withoutImage(
                    there, List.of("plain", "tagged", "registry", "exact", "absent", "built")))
        .containsExactly("absent");
  }
}
