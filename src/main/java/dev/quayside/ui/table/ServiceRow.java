package dev.quayside.ui.table;

import dev.quayside.engine.ContainerId;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.ui.control.ServiceState;

/**
 * Is one row of the table: a container by its id, with the newest that is known of it. Belongs to
 * the FX thread.
 */
public final class ServiceRow {

  private final ContainerId id;
  private ServiceStatus status;
  private ServiceState state;
  private String stack;

  ServiceRow(String stack, ServiceStatus status) {
    this.id = status.container().id();
    this.stack = stack;
    this.status = status;
    this.state = ServiceState.of(status.container());
  }

  /** Returns the container's identity. */
  public ContainerId id() {
    return id;
  }

  /** Returns the newest that is known. */
  public ServiceStatus status() {
    return status;
  }

  /** Returns the state in the window's words. */
  public ServiceState state() {
    return state;
  }

  /** Returns the Compose project, empty for a container that Compose did not make. */
  public String stack() {
    return stack;
  }

  /** Returns the name to show: the service, or the container's name. Foreign text. */
  public String name() {
    return status.container().service();
  }

  void update(String newestStack, ServiceStatus newest) {
    stack = newestStack;
    status = newest;
    state = ServiceState.of(newest.container());
  }
}
