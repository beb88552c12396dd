package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.ProblemException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReaderTest {

  private static final ContainerId ID = new ContainerId("c".repeat(64));
  private static final long LATER = Duration.ofSeconds(1).toNanos();

  private final LinkedBlockingQueue<Reader.Reading> readings = new LinkedBlockingQueue<>();

  private Reader reader(EngineFault fault) {
    Engine engine =
        (Engine)
            Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> {
                  throw new ProblemException(fault.problem("", "x", "y"));
                });
    return new Reader(engine, new LocalProcesses(Path.of("/nowhere")), readings::add);
  }

  private Reader.Reading next() throws InterruptedException {
    Reader.Reading reading = readings.poll(20, TimeUnit.SECONDS);
    assertThat(reading).isNotNull();
    return reading;
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTAINER_GONE", "ENGINE_REFUSED"})
  void onlyAFailureThatMayPassIsPausedAfter(EngineFault fault) throws Exception {
    Reader reader = reader(fault);
    reader.request(List.of(ID));
    reader.proceed(0, 1);
    reader.ended(next(), 0);
    reader.request(List.of(ID));
    reader.proceed(LATER, 2);

    boolean forgotten = fault == EngineFault.CONTAINER_GONE;
    assertThat(reader.busy()).as("it waits").isEqualTo(!forgotten);
  }
}
