package dev.quayside.telemetry.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.GpuReading.Devices;
import dev.quayside.telemetry.GpuReading.Failed;
import dev.quayside.telemetry.GpuReading.Silent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs both readers against the bed's stub, which replays recorded output of the real tool. */
@Timeout(120)
class NvidiaSmiTest {

  private static final Path STUB =
      Path.of(System.getProperty("quayside.repository", "."), "src/bed/nvidia-smi")
          .toAbsolutePath();

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private Path mode;
  private NvidiaSmi smi;

  @BeforeEach
  void stubOnThePath() {
    mode = folder.resolve("mode");
    environment.put("PATH", STUB + ":" + System.getenv("PATH"));
    environment.put("QUAYSIDE_NVIDIA_SMI_MODE_FILE", mode.toString());
  }

  @AfterEach
  void endTheReaders() {
    if (smi != null) {
      smi.close();
    }
  }

  @Test
  void fourDifferentCardsAreReadWithWhatEachOfThemTells() throws IOException {
    Devices reading = devices(open("many"), found -> found.devices().size() == 4);
    assertThat(reading.devices()).extracting(GpuReading.Device::index).containsExactly(0, 1, 2, 3);
    assertThat(reading.devices())
        .extracting(GpuReading.Device::name)
        .containsExactly(
            "NVIDIA GeForce RTX 4080 SUPER",
            "NVIDIA H100 80GB HBM3",
            "NVIDIA L40S",
            "NVIDIA GeForce RTX 2080 SUPER");
    GpuReading.Device h100 = reading.devices().get(1);
    assertThat(h100.memoryTotal()).hasValue(81_559L << 20);
    assertThat(h100.powerLimit()).hasValue(700);
    assertThat(h100.fan()).isEmpty();
    assertThat(h100.performanceState()).isEqualTo("P0");
    assertThat(h100.multiInstance()).isFalse();
    assertThat(reading.devices().getFirst().graphicsClock()).isPresent();
    assertThat(reading.devices().getFirst().throttle()).isNotNull();
  }

  @Test
  void aCardCutInSlicesTellsNoUtilisation() throws IOException {
    Devices reading = devices(open("mig"), found -> true);
    assertThat(reading.devices().getFirst().multiInstance()).isTrue();
    assertThat(reading.devices().getFirst().utilisation()).isEmpty();
    assertThat(reading.devices().getFirst().memoryUsed()).isPresent();
  }

  @Test
  void whatTheDriverDoesNotTellIsUnknown() throws IOException {
    GpuReading.Device device = devices(open("unavailable"), found -> true).devices().getFirst();
    assertThat(device.utilisation()).isEmpty();
    assertThat(device.temperature()).isEmpty();
    assertThat(device.powerDraw()).isEmpty();
    assertThat(device.fan()).isEmpty();
    assertThat(device.throttle()).isNull();
  }

  @Test
  void anOldDriverIsAskedWithFewerColumns() throws IOException {
    GpuReading.Device device = devices(open("old"), found -> true).devices().getFirst();
    assertThat(device.name()).isEqualTo("GeForce GTX 745");
    assertThat(device.memoryUsed()).hasValue(2004L << 20);
    assertThat(device.powerDraw()).isEmpty();
  }

  @Test
  void garbageBetweenTheRowsIsSkipped() throws IOException {
    Devices reading = devices(open("garbage"), found -> true);
    assertThat(reading.devices()).singleElement().extracting(GpuReading.Device::index).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "failed, GPU-TOOL-9",
    "no-devices, GPU-TOOL-6",
    "mismatch, GPU-TOOL-18",
    "lost, GPU-TOOL-15"
  })
  void aBrokenDriverIsNamedWithItsOwnWords(String how, String code) throws IOException {
    Failed failed = await(open(how), Failed.class, found -> true);
    assertThat(failed.problem().code()).isEqualTo(code);
    assertThat(failed.problem().title()).isNotBlank();
    assertThat(failed.problem().nextStep()).isNotBlank();
    assertThat(failed.last()).isNull();
  }

  @Test
  void aToolThatCannotBeStartedIsSaid() throws IOException {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve("nvidia-smi"), "#!/nonexistent/interpreter\n");
    broken.resolve("nvidia-smi").toFile().setExecutable(true);
    environment.put("PATH", broken.toString());
    assertThat(await(open("one"), Failed.class, found -> true).problem().code())
        .isEqualTo("GPU-TOOL-START");
  }

  @Test
  void withoutTheToolThereIsNoTool() throws IOException {
    environment.put("PATH", folder.toString());
    await(open("one"), GpuReading.NoTool.class, found -> true);
  }

  @Test
  void aFrozenReaderIsSilentAndKeepsItsLastReadingWithItsAge() throws IOException {
    NvidiaSmi opened = open("frozen one");
    Devices before = devices(opened, found -> true);
    Silent silent = await(opened, Silent.class, found -> true);
    assertThat(silent.last()).isNotNull();
    assertThat(silent.since()).isAfterOrEqualTo(before.at());
  }

  @Test
  void aReaderThatHangsFromTheStartIsSilentAndEndsWithUs() throws Exception {
    NvidiaSmi opened = open("hang");
    assertThat(await(opened, Silent.class, found -> true).last()).isNull();
    List<ProcessHandle> children = children();
    assertThat(children).isNotEmpty();
    opened.close();
    for (ProcessHandle child : children) {
      child.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStoppedToolIsSilentAndComesBackWhenItGoesOn() throws Exception {
    NvidiaSmi opened = open("one");
    devices(opened, found -> true);
    signal("STOP");
    await(opened, Silent.class, found -> true);
    signal("CONT");
    devices(opened, found -> true);
  }

  @Test
  void aProcessOfAContainerIsAttributedAndAnotherIsNot() throws Exception {
    long here = ProcessHandle.current().pid();
    ContainerId id = new ContainerId("c".repeat(64));
    Path proc = folder.resolve("root/proc");
    write(proc.resolve("4101/stat"), stat(4101, 1, 77));
    write(proc.resolve("4101/cgroup"), "0::/system.slice/docker-" + id.value() + ".scope\n");
    ProcessOwners owners = new ProcessOwners(folder.resolve("root"));
    assertThat(owners.owner(4101, java.util.Set.of(id))).isEqualTo(id);
    assertThat(owners.owner(4101, java.util.Set.of())).isNull();
    assertThat(owners.owner(here, java.util.Set.of(id))).isNull();
  }

  @Test
  void aHelperIsAttributedToItsParentsContainerAndAReusedNumberIsLookedUpAgain() throws Exception {
    ContainerId id = new ContainerId("d".repeat(64));
    Path proc = folder.resolve("root/proc");
    write(proc.resolve("50/stat"), stat(50, 1, 5));
    write(proc.resolve("50/cgroup"), "4:memory:/docker/" + id.value() + "\n");
    write(proc.resolve("51/stat"), stat(51, 50, 6));
    write(proc.resolve("51/cgroup"), "0::/user.slice\n");
    ProcessOwners owners = new ProcessOwners(folder.resolve("root"));
    assertThat(owners.owner(51, java.util.Set.of(id))).isEqualTo(id);
    write(proc.resolve("51/stat"), stat(51, 1, 900));
    assertThat(owners.owner(51, java.util.Set.of(id))).isNull();
  }

  @Test
  void processesAreKnownToBeNoneWhenTheReaderIsAtWork() throws IOException {
    Devices reading = devices(open("one"), found -> found.processes() != null);
    assertThat(reading.processes()).isEmpty();
  }

  @Test
  void ourOwnProcessIsListedUnattributed() throws IOException {
    long here = ProcessHandle.current().pid();
    write(folder.resolve("pids"), here + " 0 512 java, with commas\n");
    environment.put("QUAYSIDE_NVIDIA_SMI_PIDS", folder.resolve("pids").toString());
    Devices reading =
        devices(open("one"), found -> found.processes() != null && !found.processes().isEmpty());
    GpuReading.GpuProcess process = reading.processes().getFirst();
    assertThat(process.pid()).isEqualTo(here);
    assertThat(process.name()).isEqualTo("java, with commas");
    assertThat(process.memoryBytes()).hasValue(512L << 20);
    assertThat(process.container()).isNull();
    assertThat(reading.devices()).extracting(GpuReading.Device::uuid).contains(process.gpuUuid());
  }

  @Test
  void aProcessReaderThatFailsMakesProcessesUnknownAndTheDevicesStay() throws IOException {
    NvidiaSmi opened = open("one failed");
    Devices reading = devices(opened, found -> true);
    assertThat(reading.processes()).isNull();
  }

  @Test
  void damagedInfoRomStillGivesTheFigures() throws IOException {
    Devices reading = devices(open("inforom"), found -> true);
    assertThat(reading.devices()).isNotEmpty();
  }

  private NvidiaSmi open(String how) throws IOException {
    write(mode, how);
    smi = NvidiaSmi.open(Path.of("/"), environment, Instant::now, System::nanoTime);
    return smi;
  }

  private Devices devices(NvidiaSmi opened, Predicate<Devices> wanted) {
    return await(opened, Devices.class, wanted);
  }

  // Asks as the sampler would, only more often; the class's own limit ends a test that waits in
  // vain.
  private static <T extends GpuReading> T await(
      NvidiaSmi opened, Class<T> kind, Predicate<T> wanted) {
    while (!Thread.currentThread().isInterrupted()) {
      GpuReading reading = opened.reading(List.<Container>of());
      Optional<T> found =
          Optional.of(reading).filter(kind::isInstance).map(kind::cast).filter(wanted);
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("gave up waiting for " + kind.getSimpleName());
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("nvidia-smi"))
        .toList();
  }

  private static void signal(String name) throws Exception {
    for (ProcessHandle child : children()) {
      new ProcessBuilder("kill", "-" + name, String.valueOf(child.pid())).start().waitFor();
    }
  }

  private static String stat(long pid, long parent, long start) {
    return pid
        + " (odd) name) S "
        + parent
        + " 1 1 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 "
        + start
        + " 0 0\n";
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
