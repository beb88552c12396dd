package dev.quayside.stack.picture;

import dev.quayside.catalogue.DataFolder;
import dev.quayside.common.Problem;
import dev.quayside.engine.Container;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.adopt.FoundStack;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows one stack whole: what it is, how Compose is called for it, its services, profiles, env
 * files and data.
 *
 * @param stack as the engine and the list of adopted stacks tell it
 * @param title of its kind, for people
 * @param root its folder; null where nothing tells it
 * @param invocation how Compose is called for it, with the profiles that are on; null where nothing
 *     tells it
 * @param origin how the list of Compose files was found; null where the containers' labels tell it
 * @param complaint what Compose says against its files; null where it accepts them
 * @param services those of the definition and those that have containers, by name
 * @param profiles by name
 * @param envFiles env files in use, in the order in which they count
 * @param data folders and volumes with data that the catalogue knows
 * @param mounts what services get from outside beside {@code data}; nobody said what it holds
 * @param differences what the folder says otherwise than the containers' labels, for people
 * @param others further Compose files in the folder
 */
public record StackPicture(
    Stack stack,
    String title,
    @Nullable Path root,
    @Nullable ComposeInvocation invocation,
    FoundStack.@Nullable Origin origin,
    @Nullable Problem complaint,
    List<Service> services,
    List<Profile> profiles,
    List<EnvFile> envFiles,
    List<Data> data,
    List<Mounted> mounts,
    List<String> differences,
    List<Path> others) {

  /** Makes the lists immutable. */
  public StackPicture {
    services = List.copyOf(services);
    profiles = List.copyOf(profiles);
    envFiles = List.copyOf(envFiles);
    data = List.copyOf(data);
    mounts = List.copyOf(mounts);
    differences = List.copyOf(differences);
    others = List.copyOf(others);
  }

  /**
   * Describes a service.
   *
   * @param name the service
   * @param profiles that switch it on; empty where it is always on
   * @param needs services that are started before it
   * @param containers it has now
   * @param onDemand whether the stack itself starts and stops it and keeps it stopped otherwise
   * @param defined whether the Compose files define it; false for what only has containers still
   */
  public record Service(
      String name,
      List<String> profiles,
      List<String> needs,
      List<Container> containers,
      boolean onDemand,
      boolean defined) {

    /** Makes the lists immutable. */
    public Service {
      profiles = List.copyOf(profiles);
      needs = List.copyOf(needs);
      containers = List.copyOf(containers);
    }
  }

  /**
   * Describes a profile.
   *
   * @param name the profile
   * @param services it switches on
   * @param present how many of them have containers
   */
  public record Profile(String name, List<String> services, int present) {

    /** Makes the list immutable. */
    public Profile {
      services = List.copyOf(services);
    }
  }

  /**
   * Describes an env file.
   *
   * @param path the file
   * @param exists whether it is there
   * @param services that take its whole content as their environment; empty for one that only fills
   *     the Compose files
   */
  public record EnvFile(Path path, boolean exists, List<String> services) {

    /** Makes the list immutable. */
    public EnvFile {
      services = List.copyOf(services);
    }
  }

  /**
   * Describes data.
   *
   * @param known what the catalogue knows of it
   * @param path the folder or file; null where it is a volume, inside a container, or cannot be
   *     told
   * @param unplaced why it cannot be told where on this machine it is; null where it can, and for
   *     what lies in Docker
   */
  public record Data(DataFolder known, @Nullable Path path, @Nullable Unplaced unplaced) {}

  /**
   * Tells why it is unknown where a place is.
   *
   * @param why the reason
   * @param variable that it is about; empty for none
   */
  public record Unplaced(Why why, String variable) {

    /** Names why it is unknown where a place is. */
    public enum Why {
      /** The stack's folder is unknown or gone. */
      NO_FOLDER,
      /** How Compose is called is unknown, and so which env files count. */
      NO_CALL,
      /** A variable in its path has no value, and no default stands in. */
      NO_VALUE,
      /** The value of a variable in its path is made of other variables. */
      REFERS,
      /** An env file that may set a variable in its path cannot be read. */
      UNREADABLE,
      /** Its path is a pattern, names a volume by a variable, or is otherwise not followed. */
      UNCLEAR
    }
  }

  /**
   * Describes a mount that the catalogue does not know.
   *
   * @param source name of a volume, or path as the Compose files write it
   * @param path on this machine; null for a volume, or where it cannot be told
   * @param unplaced why it cannot be told; null where it can, and for a volume
   * @param services that mount it
   * @param writable whether one of them may write to it
   */
  public record Mounted(
      String source,
      @Nullable Path path,
      @Nullable Unplaced unplaced,
      List<String> services,
      boolean writable) {

    /** Makes the list immutable. */
    public Mounted {
      services = List.copyOf(services);
    }
  }
}
