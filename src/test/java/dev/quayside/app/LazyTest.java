package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.ui.environment.EnvironmentDesk;
import dev.quayside.ui.secrets.SecretsDesk;
import dev.quayside.ui.stack.StackDesk;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put off is made once, when it is first needed, and its failures come through. */
class LazyTest {

  private static final ProblemException PROBLEM =
      new ProblemException(Messages.of("stack").problem("SERVICE-UNKNOWN", "a", "b", "c"));

  private final AtomicInteger made = new AtomicInteger();

  /** Does one thing. */
  interface Desk {
    String ask(String what) throws ProblemException;
  }

  @Test
  void aDeskIsMadeOnceWhenItIsFirstAsked() throws Exception {
    Desk desk =
        Lazy.of(
            Desk.class,
            () -> {
              made.incrementAndGet();
              return what -> what + "!";
            });
    assertThat(made).hasValue(0);
    assertThat(desk.ask("a")).isEqualTo("a!");
    assertThat(desk.ask("b")).isEqualTo("b!");
    assertThat(made).hasValue(1);
  }

  @Test
  void aFailureToMakeItIsNotKept() throws Exception {
    Desk desk =
        Lazy.of(
            Desk.class,
            () -> {
              if (made.incrementAndGet() == 1) {
                throw PROBLEM;
              }
              return what -> what;
            });
    assertThatThrownBy(() -> desk.ask("a")).isSameAs(PROBLEM);
    assertThat(desk.ask("a")).isEqualTo("a");
  }

  @Test
  void whatTheDeskThrowsComesThroughAsItIs() {
    IllegalStateException wrong = new IllegalStateException();
    Desk desk =
        Lazy.of(
            Desk.class,
            () ->
                what -> {
                  if (what.isEmpty()) {
                    throw wrong;
                  }
                  throw PROBLEM;
                });
    assertThatThrownBy(() -> desk.ask("a")).isSameAs(PROBLEM);
    assertThatThrownBy(() -> desk.ask("")).isSameAs(wrong);
  }

  @ParameterizedTest
  @ValueSource(classes = {EnvironmentDesk.class, SecretsDesk.class, StackDesk.class})
  void eachMethodOfADeskThatIsPutOffMayTellAProblem(Class<?> desk) {
    assertThat(Stream.of(desk.getDeclaredMethods()))
        .allSatisfy((Method method) ->
            assertThat(method.getExceptionTypes()).contains(ProblemException.class));
  }
}
