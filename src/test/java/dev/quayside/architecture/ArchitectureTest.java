package dev.quayside.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between packages and the other rules of the house. */
final class ArchitectureTest {

  private static final String FIXTURES = "dev.quayside.architecture.fixture.";

  private static JavaClasses product;

  @BeforeAll
  static void readTheProduct() {
    product = new ClassFileImporter().importPath(Path.of("target", "classes"));
  }

  static Stream<Rule> rulesOfTheProduct() {
    return ArchitectureRules.of("dev.quayside").stream();
  }

  @ParameterizedTest
  @MethodSource("rulesOfTheProduct")
  void theProductKeepsTheRule(Rule rule) {
    rule.check().check(product);
  }

  /** A rule that cannot fail protects nothing: each has a small package that breaks it. */
  @ParameterizedTest
  @MethodSource("rulesOfTheProduct")
  void theRuleFailsOnCodeThatBreaksIt(Rule rule) {
    String root = FIXTURES + rule.name();
    JavaClasses broken = new ClassFileImporter().importPackages(root);
    assertThat(broken).as("the fixture of the rule").isNotEmpty();

    Rule sameRule = named(ArchitectureRules.of(root), rule.name());

    assertThatThrownBy(() -> sameRule.check().check(broken))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("because")
        .hasMessageContaining("Broken");
  }

  @Test
  void aChangingCallIsFoundThroughAnInterfaceAnImplementationAndAReference() {
    String root = FIXTURES + "changing";
    JavaClasses broken = new ClassFileImporter().importPackages(root);

    String report =
        named(ArchitectureRules.of(root), "changing")
            .check()
            .evaluate(broken)
            .getFailureReport()
            .toString();

    assertThat(report)
        .contains("BrokenOverInterface", "BrokenOverImplementation")
        .doesNotContain("Journaled");
  }

  @Test
  void theImportSeesTheWholeProduct() {
    assertThat(product.stream().map(type -> type.getName()))
        .contains("dev.quayside.app.Main", "dev.quayside.common.Feed");
  }

  private static Rule named(List<Rule> rules, String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
  }
}
