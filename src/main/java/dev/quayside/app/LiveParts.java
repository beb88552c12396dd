package dev.quayside.app;

import dev.quayside.backup.Leftovers;
import dev.quayside.backup.StackHold;
import dev.quayside.backup.StandstillRecovery;
import dev.quayside.backup.drill.DrillLeftovers;
import dev.quayside.backup.landing.LandingRecovery;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Settings;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerRegistry;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineConnector;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.EngineLocator;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.exposure.ExpectedPorts;
import dev.quayside.exposure.HostSockets;
import dev.quayside.exposure.ListeningSockets;
import dev.quayside.exposure.StackExposure;
import dev.quayside.exposure.probe.StackProbes;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledCompose;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.secrets.Generation;
import dev.quayside.secrets.Rotation;
import dev.quayside.secrets.RotationParts;
import dev.quayside.secrets.SecretInventory;
import dev.quayside.setup.Doctor;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.AdoptedStacks;
import dev.quayside.stack.CutOff;
import dev.quayside.stack.GpuGlance;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.Recreation;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.adopt.Adoption;
import dev.quayside.stack.adopt.StackDetector;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.stack.picture.StackPictures;
import dev.quayside.stack.settings.EnvEditing;
import dev.quayside.stack.settings.EnvParts;
import dev.quayside.stack.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Wires the operations on a real engine, for the window and the command line alike. A part is made
 * when it is first asked for, so that a verb pays only for what it uses and the window's first
 * frame waits for none of it.
 */
final class LiveParts implements AutoCloseable {

  /** How long consumers may take to become ready and to accept a new value. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final InstantSource clock = InstantSource.system();
  private final @Nullable String engineAddress;
  private final @Nullable String context;
  private final @Nullable Path homeFolder;
  private final Map<String, String> environment;
  private final Path userHome;
  private final Home home;
  private final AdoptedStacks adopted;
  private final EngineConnector connector;
  private final EngineLocator locator;
  private final ChosenEngine engine;

  private final LiveBackups backups = new LiveBackups(this);
  private final Lazy<ContainerRegistry> registry;
  private final Lazy<StatusFeed> status;
  private final Lazy<Catalogue> catalogue = new Lazy<>(Catalogue::load);
  private final Lazy<Journal> journal;
  private final Lazy<EngineControl> docker;
  private final Lazy<JournaledEngine> control;
  private final Lazy<Compose> compose;
  private final Lazy<LayerKeeper> layers;
  private final Lazy<Recreation> recreation;
  private final Lazy<Lifecycle> lifecycle;
  private final Lazy<Rotation> rotation;
  private final Lazy<Adoption> adoption;

  /**
   * Creates the wiring; connects to nothing yet.
   *
   * @param engineAddress value of {@code --engine}, or null
   * @param context value of {@code --context}, or null
   * @param homeFolder value of {@code --home}, or null
   * @param saved gives the settings in that home
   */
  LiveParts(
      @Nullable String engineAddress,
      @Nullable String context,
      @Nullable Path homeFolder,
      Function<Home, Settings> saved) {
    this(engineAddress, context, homeFolder, saved, System.getenv());
  }

  LiveParts(
      @Nullable String engineAddress,
      @Nullable String context,
      @Nullable Path homeFolder,
      Function<Home, Settings> saved,
      Map<String, String> environment) {
    this.engineAddress = engineAddress;
    this.context = context;
    this.homeFolder = homeFolder;
    this.environment = Map.copyOf(environment);
    this.userHome = Home.ofUser(this.environment);
    this.home = Home.locate(homeFolder, this.environment, userHome);
    this.adopted = new AdoptedStacks(home);
    this.connector = new SocketConnector(this.environment);
    this.locator =
        new EngineLocator(
            new EngineLocator.Wishes(
                engineAddress, context, saved.apply(home).engine(), this.environment, userHome),
            connector);
    this.engine = new ChosenEngine(locator, connector);
    this.registry = new Lazy<>(() -> ContainerRegistry.open(engine, clock));
    this.status =
        new Lazy<>(() ->
            StatusFeeds.open(
                registry.get().feed(),
                registry.get()::engine,
                this::adoptedProjects,
                this.environment,
                clock,
                System::nanoTime));
    this.journal = new Lazy<>(this::openJournal);
    this.docker = new Lazy<>(() -> DockerControl.of(engine.endpoint(), this.environment));
    this.control = new Lazy<>(() -> new JournaledEngine(docker.get()));
    this.compose = new Lazy<>(() -> composeOn(engine.endpoint()));
    this.layers =
        new Lazy<>(
            () -> new LayerKeeper(control.get(), catalogue.get(), home, StepBoundary.ofProcess()));
    this.recreation = new Lazy<>(this::makeRecreation);
    this.lifecycle = new Lazy<>(this::makeLifecycle);
    this.rotation = new Lazy<>(this::makeRotation);
    this.adoption = new Lazy<>(() -> new Adoption(detector(), adopted, journal.get(), clock));
  }

  private Journal openJournal() throws ProblemException {
    try {
      home.create();
    } catch (IOException e) {
      throw new ProblemException(Folders.unusable(home, e), e);
    }
    return Journal.open(home, clock);
  }

  private Rotation makeRotation() throws ProblemException {
    return new Rotation(rotationParts());
  }

  private RotationParts rotationParts() throws ProblemException {
    return new RotationParts(
        engine,
        control.get(),
        compose.get(),
        recreation.get(),
        journal.get(),
        catalogue.get(),
        home,
        clock,
        System::nanoTime,
        StepBoundary.ofProcess(),
        PATIENCE);
  }

  private Recreation makeRecreation() throws ProblemException {
    return new Recreation(
        new JournaledCompose(compose.get()), layers.get(), catalogue.get(), System::nanoTime);
  }

  private Lifecycle makeLifecycle() throws ProblemException {
    return new Lifecycle(
        engine,
        control.get(),
        compose.get(),
        recreation.get(),
        journal.get(),
        catalogue.get(),
        new GpuGlance(engine.endpoint(), environment, clock, System::nanoTime),
        System::nanoTime);
  }

  /** Returns where the engine listens. */
  Endpoint endpoint() throws ProblemException {
    return engine.endpoint();
  }

  private Compose composeOn(Endpoint endpoint) {
    return Compose.on(endpoint, environment);
  }

  InstantSource clock() {
    return clock;
  }

  Home home() {
    return home;
  }

  ContainerRegistry registry() {
    return certain(registry);
  }

  StatusFeed status() {
    return certain(status);
  }

  Catalogue catalogue() throws ProblemException {
    return catalogue.get();
  }

  Stacks stacks() throws ProblemException {
    return new Stacks(catalogue.get(), this::adoptedOrNone);
  }

  AdoptedStacks adopted() {
    return adopted;
  }

  /** For the status, which waits for nobody: whoever asks for stacks has Compose confirm them. */
  private List<String> adoptedProjects() {
    return listed().stream().map(AdoptedStack::project).toList();
  }

  /** Asks Compose again for the projects that are not known yet. */
  void confirmAdopted() {
    var _ = adoptedOrNone();
  }

  /** A list that cannot be read costs only itself: whoever shows or changes it says so. */
  private List<AdoptedStack> listed() {
    try {
      return adopted.all();
    } catch (ProblemException unreadable) {
      return List.of();
    }
  }

  private List<AdoptedStack> adoptedOrNone() {
    List<AdoptedStack> all = listed();
    try {
      return all.stream().allMatch(AdoptedStack::confirmed) ? all : adoption().confirmed();
    } catch (ProblemException noCompose) {
      return all;
    }
  }

  Adoption adoption() throws ProblemException {
    return adoption.get();
  }

  StackPictures pictures() throws ProblemException {
    return new StackPictures(catalogue.get(), detector(), adopted);
  }

  private StackDetector detector() throws ProblemException {
    return new StackDetector(catalogue.get(), compose.get());
  }

  Journal journal() throws ProblemException {
    return journal.get();
  }

  Compose compose() throws ProblemException {
    return compose.get();
  }

  /** Starts and stops what the operator names. */
  Lifecycle lifecycle() throws ProblemException {
    return lifecycle.get().guarded(stack -> StackHold.requireNoRestore(home, stack));
  }

  /** Stops and starts what a restore has to stand still, which nobody else may start meanwhile. */
  Lifecycle restoring() throws ProblemException {
    return lifecycle.get();
  }

  /** Puts in order all that a kill cut off; never fails, as each part tells its own trouble. */
  List<Recovered> recover() {
    List<Recovered> told = new ArrayList<>(sweep());
    told.addAll(recoverOnEngine());
    // Both need the journal, and would say twice that it cannot be read.
    return told.stream().distinct().toList();
  }

  /** Finishes or puts back what killed backups, restores and saves left; asks no engine. */
  List<Recovered> sweep() {
    Recoveries recoveries = new Recoveries();
    List<Recovered> told =
        new ArrayList<>(
            recoveries.tried(
                () -> recoveries.ofBackups(new Leftovers(home, journal.get()).sweep())));
    told.addAll(
        recoveries.tried(() ->
            EnvEditing.anyBegun(home, journal.get())
                ? recoveries.ofSettings(EnvEditing.recover(home, journal.get(), clock))
                : List.of()));
    return told;
  }

  StackSettings settings() throws ProblemException {
    return new StackSettings(envParts(), lifecycle());
  }

  private EnvParts envParts() throws ProblemException {
    return new EnvParts(
        engine,
        compose.get(),
        journal.get(),
        catalogue.get(),
        home,
        clock,
        StepBoundary.ofProcess());
  }

  /**
   * Finishes or puts back what killed changes of containers left; asks the engine only where there
   * is something to look at. Data goes back into its containers before a rotation is put back,
   * which makes them anew. What a backup had stopped is started when no restore is half done.
   */
  List<Recovered> recoverOnEngine() {
    Recoveries recoveries = new Recoveries();
    List<Recovered> told = new ArrayList<>(recoveries.tried(() -> recoverLayers(recoveries)));
    List<LandingRecovery.Recovered> landings = new ArrayList<>();
    told.addAll(
        recoveries.tried(() -> {
          landings.addAll(new LandingRecovery(backups.landingParts()).sweep());
          return recoveries.ofLandings(landings);
        }));
    told.addAll(recoveries.tried(() -> recoverStandstill(recoveries)));
    told.addAll(
        recoveries.tried(
            () -> recoveries.ofLayers(CutOff.end(home, journal.get(), settled(landings)))));
    told.addAll(
        recoveries.tried(() ->
            Rotation.anyBegun(home, journal.get())
                ? recoveries.ofRotations(rotation().recover(Progress.none()))
                : List.of()));
    told.addAll(
        recoveries.tried(() ->
            DrillLeftovers.any(home, journal.get())
                ? recoveries.ofDrills(
                    new DrillLeftovers(home, journal.get(), engine, control.get()).sweep())
                : List.of()));
    return told;
  }

  /** Returns the stacks whose services a restore has put in order, whoever had stopped them. */
  private static Set<String> settled(List<LandingRecovery.Recovered> landings) {
    return landings.stream()
        .filter(one -> one.fate() != LandingRecovery.Fate.STUCK)
        .map(LandingRecovery.Recovered::stack)
        .collect(Collectors.toSet());
  }

  private List<Recovered> recoverStandstill(Recoveries recoveries)
      throws IOException, ProblemException {
    if (!StandstillRecovery.anyBegun(home)) {
      return List.of();
    }
    try (Engine connected = engine.connect()) {
      return recoveries.ofStandstills(
          new StandstillRecovery(home, journal.get(), connected, control.get()).run());
    }
  }

  private List<Recovered> recoverLayers(Recoveries recoveries) throws ProblemException {
    return LayerKeeper.anyBegun(home)
        ? recoveries.ofLayers(recreation.get().recover(engine, journal.get(), "", Progress.none()))
        : List.of();
  }

  StackExposure exposure() throws ProblemException {
    Path root = Path.of("/");
    return new StackExposure(
        this::compose,
        new ListeningSockets(root, System::nanoTime),
        new HostSockets(root),
        new ExpectedPorts(catalogue.get()));
  }

  StackProbes probes() throws ProblemException {
    return new StackProbes(engine, control.get(), journal.get(), catalogue.get(), clock);
  }

  SecretInventory secrets() throws ProblemException {
    return new SecretInventory(catalogue.get(), compose.get(), journal.get(), home);
  }

  Rotation rotation() throws ProblemException {
    return rotation.get();
  }

  Generation generation() throws ProblemException {
    return new Generation(rotationParts());
  }

  /** Returns the operations on backups, which all ask for the same parts. */
  LiveBackups backups() {
    return backups;
  }

  Doctor doctor() {
    return new Doctor(environment, home, locator, this::composeOn);
  }

  /** Returns the command line that runs {@code words} by itself as this process was begun. */
  List<String> ownCommand(List<String> words) throws ProblemException {
    try {
      return new OwnCommand(
              environment, Path.of("/proc/self/cmdline"), Path.of(System.getProperty("java.home")))
          .of(engineAddress, context, homeFolder, words);
    } catch (IOException e) {
      throw new ProblemException(Messages.of("app").problem("OWN-COMMAND-UNKNOWN"), e);
    }
  }

  JournaledEngine control() throws ProblemException {
    return control.get();
  }

  ChosenEngine engine() {
    return engine;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Returns what makes the changes; only the journal calls it. */
  EngineControl docker() throws ProblemException {
    return docker.get();
  }

  /** Returns a part whose making reports no problem. */
  private static <T> T certain(Lazy<T> part) {
    try {
      return part.get();
    } catch (ProblemException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends connections and child processes; containers are left as they are. */
  @Override
  public void close() {
    StatusFeed feed = status.peek();
    if (feed != null) {
      feed.close();
    }
    ContainerRegistry live = registry.peek();
    if (live != null) {
      live.close();
    }
    EngineControl changing = docker.peek();
    if (changing != null) {
      changing.close();
    }
  }
}
