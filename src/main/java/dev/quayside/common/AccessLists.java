package dev.quayside.common;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Tells whether a file has an access list besides its mode. Java shows only the mode, in which the
 * rights of a group stand for those of the longest entry of the list: copied to a file without one,
 * they would go to the group.
 */
final class AccessLists {

  private static final String ACCESS = "system.posix_acl_access";
  private static final String FOR_NEW_FILES = "system.posix_acl_default";

  private AccessLists() {}

  /** Returns whether {@code file} has one. */
  static boolean on(Path file) throws IOException {
    return has(file, ACCESS);
  }

  /** Returns whether what is made in {@code folder} gets one. */
  static boolean inherited(Path folder) throws IOException {
    return has(folder, FOR_NEW_FILES);
  }

  // The one function that is called looks at its arguments only; the program is started with the
  // right to call it.
  @SuppressWarnings("restricted")
  private static boolean has(Path file, String attribute) throws IOException {
    Linker linker = Linker.nativeLinker();
    MethodHandle getxattr =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("getxattr"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      // With room for nothing it tells the size.
      long size =
          (long)
              getxattr.invokeExact(
                  arena.allocateFrom(file.toString()),
                  arena.allocateFrom(attribute),
                  MemorySegment.NULL,
                  0L);
      return size > 0;
    } catch (RuntimeException | Error broken) {
      throw broken;
    } catch (Throwable impossible) {
      throw new IOException("the access list of " + file + " cannot be asked for", impossible);
    }
  }
}
