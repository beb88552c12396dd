package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.engine.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StructureFilterTest {

  @Test
  void valuesAreDroppedAndNamesAndReferencesStay() throws Exception {
    String filtered =
        filter(
            """
            {"name":"p","services":{
              "web":{"environment":{"KEY":"sk-hidden","PIN":4711,"URL":"x://${USER}:hidden@h","OUT":null},
                     "command":["--token","hidden"],"labels":{"a":"hidden"}},
              "list":{"environment":["A=hidden${B}","ONLY_A_NAME"]}},
             "configs":{"c":{"content":"hidden ${INNER:-hidden}"}}}
            """);

    assertThat(filtered).doesNotContain("hidden", "4711");
    Json json = Json.parse(filtered.getBytes(StandardCharsets.UTF_8));
    Json environment = json.at("services", "web", "environment");
    assertThat(environment.members().keySet()).containsExactly("KEY", "PIN", "URL", "OUT");
    assertThat(environment.at("KEY").text()).isEmpty();
    assertThat(environment.at("URL").text()).isEqualTo("${USER}");
    assertThat(environment.at("OUT").present()).as("taken over from outside").isFalse();
    assertThat(environment.at("PIN").present()).as("set here").isTrue();
    assertThat(json.at("services", "list", "environment").texts())
        .containsExactly("A=${B}", "ONLY_A_NAME");
    assertThat(json.at("configs", "c", "content").text()).isEqualTo("${INNER:-}");
  }

  @Test
  void whatMakesUpTheStructureStays() throws Exception {
    String structure =
        "{\"services\":{\"web\":{\"profiles\":[\"gpu\"],\"depends_on\":{\"db\":"
            + "{\"condition\":\"service_healthy\"}},\"env_file\":[{\"path\":\"/s/a.env\"}],"
            + "\"secrets\":[{\"source\":\"s1\"}]}},"
            + "\"secrets\":{\"s1\":{\"environment\":\"FROM_OUTSIDE\"}}}";

    assertThat(filter(structure)).isEqualTo(structure);
  }

  @Test
  void theFolderOfABuildStaysAndAnAddressDoesNot() throws Exception {
    String folders =
        "{\"services\":{\"a\":{\"build\":{\"context\":\"/s/router\"}},\"b\":{\"build\":\"./b\"}}}";

    assertThat(filter(folders)).isEqualTo(folders);
    assertThat(
            filter(
                "{\"services\":{\"a\":{\"build\":{\"context\":\"https://u:hidden@h/r.git\","
                    + "\"args\":{\"KEY\":\"hidden\"}}}}}"))
        .doesNotContain("hidden");
  }

  @Test
  void ofAMountStaysWhereFromAndWhereToAndWhetherItIsReadOnly() throws Exception {
    String mounts =
        "{\"services\":{\"web\":{\"volumes\":[{\"type\":\"bind\",\"source\":\"/s/data\","
            + "\"target\":\"/data\",\"read_only\":true}]}}}";

    assertThat(filter(mounts)).isEqualTo(mounts);
    assertThat(filter("{\"services\":{\"web\":{\"volumes\":[{\"bind\":{\"x\":\"hidden\"}}]}}}"))
        .doesNotContain("hidden");
  }

  @Test
  void whetherAVariableIsRequiredOrHasADefaultStaysAndItsTextDoesNot() {
    String text =
        "${A:?hidden} ${B?hidden} ${C:-hidden} ${D:-} ${E-} ${F:+hidden} $G ${H:-${I:?hidden}}"
            + " ${J:?}";
    assertThat(filter("{\"services\":{\"a\":{\"image\":\"" + text + "\"}}}"))
        .isEqualTo(
            "{\"services\":{\"a\":{\"image\":\""
                + "${A:?}${B?}${C:-}${D-}${E-}${F:-}${G}${H:-}${I:-}${J:?}"
                + "\"}}}");
  }

  @Test
  void onlyInDependencesATruthStays() {
    String text =
        "{\"services\":{\"a\":{\"tty\":true,\"depends_on\":{\"b\":{\"required\":false}}}}}";
    assertThat(filter(text)).isEqualTo(text.replace("\"tty\":true", "\"tty\":\"\""));
  }

  @Test
  void anEscapedSignRefersToNothing() {
    assertThat(filter("{\"services\":{\"a\":{\"image\":\"$$NOT ${IS}\"}}}"))
        .isEqualTo("{\"services\":{\"a\":{\"image\":\"${IS}\"}}}");
  }

  @Test
  void nothingAtAllIsNoStructure() {
    assertThatThrownBy(() -> filter("")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> filter("  ")).isInstanceOf(IllegalStateException.class);
  }

  private static String filter(String text) {
    return StructureFilter.filter(text.toCharArray());
  }
}
