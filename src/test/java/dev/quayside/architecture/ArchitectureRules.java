package dev.quayside.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the rules of the house for the packages below one root. The root is a parameter so that
 * each rule can be shown to fail on a fixture.
 */
final class ArchitectureRules {

  /**
   * How the classes of {@code app} begin that open the window; no others outside {@code ui} may.
   */
  private static final String WINDOW_LAUNCHER = "Window";

  private static final String[] JAVAFX = {
    "javafx..", "com.sun.javafx..", "atlantafx..", "org.controlsfx..", "org.kordamp.."
  };

  private final String root;
  private final List<Rule> rules = new ArrayList<>();

  private ArchitectureRules(String root) {
    this.root = root;
  }

  /** Returns all rules for the packages below {@code root}. */
  static List<Rule> of(String root) {
    ArchitectureRules all = new ArchitectureRules(root);
    all.addArrows();
    all.addSingleImporters();
    all.addUserInterfaceRules();
    all.addKnownSourcesOfBugs();
    all.addHouseStyle();
    return List.copyOf(all.rules);
  }

  private void addArrows() {
    add(
        "packageorder",
        classes().should(new PackageOrder(root)).because("the arrow picture has to stay true"));
    add(
        "cycles",
        slices()
            .matching(root + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle can only be understood, tested and moved together"));
    add(
        "frontends",
        noClasses()
            .that()
            .resideInAPackage(in("ui"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(in("cli"))
            .because("there are two front ends, and neither is special"));
    add(
        "changing",
        classes()
            .should(new ChangingCalls(root))
            .because(
                "only the journal changes the user's machine, so that nothing goes unrecorded"));
    add(
        "packageinfo",
        classes()
            .should(new MarkedPackages())
            .because("a package states its purpose, and null is allowed only where it is said"));
  }

  private void addSingleImporters() {
    add(
        "javafxoutsideui",
        noClasses()
            .that(resideOutsideOfPackages(in("ui")).and(not(windowLauncher())))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JAVAFX)
            .because("the command line and the timer run without a display"));
    only(
        "dockerjava",
        "engine.docker",
        "its types are mutable and change shape with the daemon",
        "com.github.dockerjava..");
    only(
        "oshi",
        "telemetry.host",
        "there is one place to adapt and one place to review",
        "oshi..",
        "com.sun.jna..");
    only(
        "bouncycastle",
        "pgp",
        "a review of the cryptography has one package to read",
        "org.bouncycastle..");
    only("picocli", "cli", "an operation must not know that a command line exists", "picocli..");
    only("awt", "ui.tray", "it starts a second toolkit", "java.awt..", "javax.swing..");
    add(
        "transitive",
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "com.google.common..",
                "com.google.errorprone..",
                "org.apache.commons.lang3..",
                "org.apache.commons.io..",
                "org.apache.commons.codec..",
                "com.fasterxml.jackson.core..",
                "com.fasterxml.jackson.databind..")
            .because("what only another library brings along can vanish with its next version"));
  }

  private void addUserInterfaceRules() {
    add(
        "features",
        classes()
            .should(new UserInterfaceFeatures(root))
            .because(
                "a page can be deleted; pages reach each other through the shell's navigation"));
    add(
        "runlater",
        classes()
            .that(resideOutsideOfPackages(in("ui.fx")))
            .should(NotCall.method("javafx.application.Platform", "runLater"))
            .because("there is one hop to the FX thread, one place for merging and for errors"));
    add(
        "models",
        noClasses()
            .that()
            .resideInAPackage(in("ui"))
            .and()
            .haveSimpleNameEndingWith("Model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..")
            .because("models are tested without windows"));
    add(
        "weaklisteners",
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "javafx\\..*\\.Weak\\w+(Listener|Handler)|javafx\\.beans\\.WeakListener")
            .because("they vanish early or stay too long; close the subscription instead"));
    add(
        "showandwait",
        classes()
            .that(resideOutsideOfPackages(in("ui.dialog")))
            .should(
                NotCall.methods(
                    "show a modal window",
                    call ->
                        call.owner().startsWith("javafx.")
                            && (call.name().equals("showAndWait")
                                || call.owner().matches("javafx\\.stage\\.(File|Directory)Chooser")
                                    && call.name().startsWith("show"))))
            .because("modal chains nest event loops; logic never opens windows"));
    add(
        "controlsfx",
        noClasses()
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "impl.org.controlsfx..",
                        "org.controlsfx.control.tableview2..",
                        "org.controlsfx.control.spreadsheet..",
                        "org.controlsfx.validation..")
                    .or(named("org.controlsfx.control.ToggleSwitch")))
            .because("these need private interfaces, freeze, or cannot be seen under our theme"));
  }

  private void addKnownSourcesOfBugs() {
    add(
        "standardstreams",
        classes()
            .that(resideOutsideOfPackages(in("cli")))
            .should(NotCall.field("java.lang.System", "out", "err"))
            .andShould(
                NotCall.methods(
                    "print a stack trace", call -> call.name().equals("printStackTrace")))
            .because("standard output belongs to the documented objects of the command line"));
    add(
        "dates",
        noClasses()
            .that(resideOutsideOfPackages(in("pgp")))
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.util\\.(Date|Calendar|GregorianCalendar|Timer)|java\\.text\\.SimpleDateFormat")
            .because("they are mutable, or guess the time zone; only BouncyCastle asks for them"));
    add(
        "sleep",
        classes()
            .that(resideOutsideOfPackages(in("common")))
            .should(NotCall.method("java.lang.Thread", "sleep"))
            .because("waiting is done on an injected clock or for an event"));
    add(
        "clock",
        classes()
            .that(resideOutsideOfPackages(in("app"), in("common")))
            .should(NotCall.methods("read the system's clock", ArchitectureRules::readsTheClock))
            .because("time is injected, so that a year can be tested in a millisecond"));
    add(
        "filewrites",
        classes()
            .that(resideOutsideOfPackages(in("common")))
            .should(NotCall.methods("write a file in place", ArchitectureRules::writesInPlace))
            .because("a half-written file is met after every crash; common has the atomic helper"));
    add(
        "shells",
        classes()
            .should(NotCall.method("java.lang.Runtime", "exec"))
            .andShould(
                NotCall.methods("start a process", call -> startsAProcess(call) && !inCommon(call)))
            .because("one place holds argument lists, timeouts and exit statuses together"));
  }

  private static boolean readsTheClock(NotCall.Call call) {
    return switch (call.owner()) {
      case "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime" ->
          call.name().equals("now") && !call.parameters().contains("java.time.Clock");
      case "java.time.Clock", "java.time.InstantSource" -> call.name().startsWith("system");
      case "java.lang.System" -> call.name().equals("currentTimeMillis");
      default -> false;
    };
  }

  private static boolean writesInPlace(NotCall.Call call) {
    return switch (call.owner()) {
      case "java.nio.file.Files" ->
          call.name().equals("write")
              || call.name().equals("writeString")
              || call.name().equals("newBufferedWriter");
      case "java.io.FileOutputStream", "java.io.FileWriter" -> call.name().equals("<init>");
      default -> false;
    };
  }

  private static boolean startsAProcess(NotCall.Call call) {
    return call.owner().equals("java.lang.ProcessBuilder") && call.name().equals("start");
  }

  private boolean inCommon(NotCall.Call call) {
    return call.caller().startsWith(root + ".common.");
  }

  private void addHouseStyle() {
    add(
        "values",
        classes()
            .that()
            .resideInAnyPackage(in("engine"), in("telemetry"), in("stack"), in("exposure"))
            .and()
            .haveSimpleNameEndingWith("Snapshot")
            .or()
            .haveNameMatching(
                root.replace(".", "\\.")
                    + "\\.(engine|telemetry|stack|exposure)\\..*(Samples?|Reading|Inspection|Info|Facts|Status|Receipt)")
            .should(new BeValues())
            .because("what crosses threads must not change"));
    add(
        "finalclasses",
        classes()
            .that(concrete())
            .should()
            .haveModifier(JavaModifier.FINAL)
            .because("a class is made for inheritance on purpose, or not at all"));
    add(
        "staticstate",
        fields()
            .that()
            .areStatic()
            .should()
            .beFinal()
            .because("state in a static is shared by everything and owned by nobody"));
    add(
        "optionalfields",
        noFields()
            .should()
            .haveRawType(Optional.class)
            .because("absence is said with @Nullable; Optional is for what is returned"));
  }

  private static DescribedPredicate<JavaClass> concrete() {
    return DescribedPredicate.describe(
        "are ordinary concrete classes",
        type ->
            !type.isInterface()
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && type.getSubclasses().isEmpty());
  }

  private DescribedPredicate<JavaClass> windowLauncher() {
    return DescribedPredicate.describe(
        "are the window launcher",
        type -> type.getName().startsWith(root + ".app." + WINDOW_LAUNCHER));
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe("named " + name, type -> type.getName().equals(name));
  }

  private void only(String name, String owner, String reason, String... packages) {
    add(
        name,
        classes()
            .that(resideOutsideOfPackages(in(owner)))
            .should(
                com.tngtech.archunit.lang.conditions.ArchConditions.not(
                    dependOnClassesThat(resideInAnyPackage(packages))))
            .because(reason));
  }

  private String in(String feature) {
    return root + "." + feature + "..";
  }

  private void add(String name, ArchRule check) {
    rules.add(new Rule(name, check.allowEmptyShould(true)));
  }
}
