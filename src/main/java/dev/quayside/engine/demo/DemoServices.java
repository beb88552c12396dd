package dev.quayside.engine.demo;

import dev.quayside.engine.ContainerInspection.Mount;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.PortBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Builds a {@link DemoService} from what is special about it; the rest is calm and harmless. */
final class DemoServices {

  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  private final String stack;
  private final String folder;
  private final List<DemoService> built = new ArrayList<>();

  DemoServices(String stack, String folder) {
    this.stack = stack;
    this.folder = folder;
  }

  /** Starts the description of a service. */
  Draft service(String service, String container, String image) {
    return new Draft(service, container, image);
  }

  /** Returns the services described so far. */
  List<DemoService> all() {
    return List.copyOf(built);
  }

  /** Holds a description in the making. */
  final class Draft {
    private final String service;
    private final String container;
    private final String image;
    private final List<PortBinding> ports = new ArrayList<>();
    private final List<Mount> mounts = new ArrayList<>();
    private List<String> networks = List.of(stack + "_default");
    private List<String> environment = List.of("TZ");
    private ContainerState state = ContainerState.RUNNING;
    private Health health = Health.NONE;
    private Duration age = Duration.ofHours(75);
    private int restarts;
    private double cpuLimit;
    private long memoryLimit;
    private int gpu = -1;
    private long gpuMemory;
    private DemoCurve cpu = new DemoCurve(0.002, 0.01, 47, 0, 3);
    private DemoCurve memory = DemoCurve.flat(120.0 * MIB);
    private DemoCurve traffic = new DemoCurve(200, 4_000, 31, 0, 4);
    private DemoCurve disk = DemoCurve.flat(0);

    private Draft(String service, String container, String image) {
      this.service = service;
      this.container = container;
      this.image = image;
    }

    Draft state(ContainerState value) {
      state = value;
      return this;
    }

    Draft health(Health value) {
      health = value;
      return this;
    }

    Draft up(Duration value, int restartCount) {
      age = value;
      restarts = restartCount;
      return this;
    }

    Draft internal(int containerPort) {
      ports.add(new PortBinding(containerPort, "tcp", null, 0));
      return this;
    }

    Draft port(String address, int hostPort, int containerPort) {
      ports.add(new PortBinding(containerPort, "tcp", address, hostPort));
      return this;
    }

    Draft networks(String... names) {
      networks = List.of(names);
      return this;
    }

    Draft bind(String relative, String target, boolean writable) {
      mounts.add(new Mount("bind", folder + "/" + relative, target, writable));
      return this;
    }

    Draft volume(String name, String target) {
      mounts.add(new Mount("volume", stack + "_" + name, target, true));
      return this;
    }

    Draft environment(String... names) {
      environment = List.of(names);
      return this;
    }

    Draft limits(double cores, long bytes) {
      cpuLimit = cores;
      memoryLimit = bytes;
      return this;
    }

    Draft gpu(int index, long bytes) {
      gpu = index;
      gpuMemory = bytes;
      return this;
    }

    Draft cpu(double floor, double burst, double period, double shift, int sharpness) {
      cpu = new DemoCurve(floor, burst, period, shift, sharpness);
      traffic = new DemoCurve(500 + floor * 20_000, burst * 90_000, period, shift, sharpness);
      return this;
    }

    Draft memory(double gibibytes, double swing) {
      memory = new DemoCurve(gibibytes * GIB, swing * GIB, 140, gibibytes * 10, 1);
      return this;
    }

    Draft disk(double bytesPerSecond) {
      disk = new DemoCurve(bytesPerSecond / 5, bytesPerSecond, 23, bytesPerSecond % 20, 4);
      return this;
    }

    /** Ends the description and keeps the service. */
    void add() {
      built.add(
          new DemoService(
              stack,
              service,
              container,
              image,
              state,
              health,
              age,
              restarts,
              List.copyOf(ports),
              networks,
              List.copyOf(mounts),
              environment,
              cpuLimit,
              memoryLimit,
              gpu,
              gpuMemory,
              cpu,
              memory,
              traffic,
              disk));
    }
  }
}
