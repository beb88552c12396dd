package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Progress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatientTest {

  private final AtomicLong now = new AtomicLong();

  @Test
  void aPullOfHoursThatSpeaksIsNeverEndedAndOneThatIsSilentIs() {
    Patient patient = new Patient(Progress.none(), false, Duration.ofMinutes(30), now::get);
    for (int hour = 0; hour < 24 * 3; hour++) {
      now.addAndGet(Duration.ofMinutes(20).toNanos());
      assertThat(patient.cancelled()).isFalse();
      patient.line("Downloading");
    }
    now.addAndGet(Duration.ofMinutes(31).toNanos());
    assertThat(patient.cancelled()).isTrue();
    assertThat(patient.gaveUp()).isTrue();
  }

  @Test
  void theWishToStopReachesOnlyWhatMayBeCutOff() {
    Progress stopped = new ReadinessTest.Cancelled();

    assertThat(new Patient(stopped, true, Duration.ofMinutes(1), now::get).cancelled()).isTrue();
    assertThat(new Patient(stopped, false, Duration.ofMinutes(1), now::get).cancelled()).isFalse();
  }
}
