package dev.quayside.telemetry.cgroup;

import static dev.quayside.telemetry.cgroup.KernelTree.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerGroupsTest {

  private static final Path ROOT = Path.of("/");
  private static final Path UNIFIED = Path.of("/sys/fs/cgroup");

  @Test
  void theSystemdDriverOfVersion1IsFoundThroughCoMounts() {
    CgroupMounts mounts =
        mounts(
            "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw shared:1 master:2 - cgroup cgroup"
                + " rw,cpu,cpuacct",
            "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory");
    ContainerGroups groups =
        ContainerGroups.parse(
            List.of(
                "4:cpu,cpuacct:/system.slice/docker-" + WEB.value() + ".scope",
                "3:memory:/system.slice/docker-" + WEB.value() + ".scope",
                "0::/"),
            mounts,
            WEB);
    String scope = "/system.slice/docker-" + WEB.value() + ".scope";
    assertThat(groups.cpu().folder()).isEqualTo(Path.of("/sys/fs/cgroup/cpu,cpuacct" + scope));
    assertThat(groups.scheduler()).isEqualTo(groups.cpu());
    assertThat(groups.memory().unified()).isFalse();
    assertThat(groups.processes()).isNull();
  }

  @Test
  void aMountThatThisProcessCannotNameIsPassedOver() {
    CgroupMounts mounts =
        mounts(
            "30 31 0:31 / /mnt/no\\000name rw - nfs4 share rw",
            "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory");
    assertThat(mounts.controllers()).containsOnlyKeys("rw", "memory");
  }

  @Test
  void aGroupOfThePayloadsOwnIsReadAtTheContainersLevel() {
    ContainerGroups groups =
        ContainerGroups.parse(
            List.of("0::/docker/" + WEB.value() + "/system.slice/nginx.service"),
            mounts(KernelTree.V2_MOUNTS),
            WEB);
    assertThat(groups.cpu())
        .isEqualTo(new ContainerGroups.Group(UNIFIED.resolve("docker/" + WEB.value()), true));
  }

  @Test
  void aRootlessEngineIsFound() {
    String group =
        "/user.slice/user-1000.slice/user@1000.service/user.slice/docker-" + WEB.value() + ".scope";
    ContainerGroups groups =
        ContainerGroups.parse(List.of("0::" + group), mounts(KernelTree.V2_MOUNTS), WEB);
    assertThat(groups.memory().folder()).isEqualTo(UNIFIED.resolve(group.substring(1)));
  }

  @Test
  void aTreeOfWhichOnlyAPartIsMountedIsJoinedFromThere() {
    CgroupMounts mounts = mounts("35 24 0:30 /lxc/box /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
    assertThat(
            ContainerGroups.parse(List.of("0::/lxc/box/docker/" + WEB.value()), mounts, WEB)
                .cpu()
                .folder())
        .isEqualTo(UNIFIED.resolve("docker/" + WEB.value()));
    assertThat(
            ContainerGroups.parse(List.of("0::/lxc/other/docker/" + WEB.value()), mounts, WEB)
                .cpu())
        .isNull();
  }

  @Test
  void aPathThatLeavesTheTreeIsNotFollowed() {
    assertThat(
            ContainerGroups.parse(
                    List.of("0::/../../docker/" + WEB.value()), mounts(KernelTree.V2_MOUNTS), WEB)
                .cpu())
        .isNull();
  }

  @Test
  void anEscapedMountPointIsReadAsItIs() {
    CgroupMounts mounts = mounts("35 24 0:30 / /odd\\040place\\134x rw - cgroup2 cgroup2 rw");
    assertThat(mounts.unified().point()).isEqualTo(Path.of("/odd place\\x"));
  }

  @Test
  void aProcessOfAnotherContainerOrOfNoneIsNotOurs() {
    CgroupMounts mounts = mounts(KernelTree.V2_MOUNTS);
    assertThat(
            ContainerGroups.parse(List.of("0::/docker/" + KernelTree.OTHER.value()), mounts, WEB))
        .isNull();
    assertThat(ContainerGroups.parse(List.of("0::/user.slice/session-1.scope"), mounts, WEB))
        .isNull();
    assertThat(ContainerGroups.parse(List.of("garbage", "", "1:"), mounts, WEB)).isNull();
  }

  private static CgroupMounts mounts(String... lines) {
    return CgroupMounts.parse(List.of(String.join("\n", lines).split("\n")), ROOT);
  }
}
