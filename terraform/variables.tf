variable "project_id" {
  description = "The cloud project that all of this goes into. Nothing else needs to be in it, except a billing account."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id: expected 6 to 30 lower-case letters, digits and hyphens (the project's id, not its name or number), got \"${var.project_id}\"."
  }
}

variable "name" {
  description = "The name of the cluster and the beginning of all other names."
  type        = string
  default     = "pixelprobe"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name: expected 3 to 20 lower-case letters, digits and hyphens, got \"${var.name}\"."
  }
}

variable "zone" {
  description = "The zone of the cluster, one that has gpu_type. The buckets and the registry are in its region."
  type        = string
  default     = "us-central1-a"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+-[a-z]$", var.zone))
    error_message = "zone: expected a zone such as us-central1-a, got \"${var.zone}\"."
  }
}

variable "authorized_networks" {
  description = "Networks that may reach the cluster's API, name to CIDR. Empty: any network, with credentials."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for cidr in values(var.authorized_networks) : can(cidrhost(cidr, 0))])
    error_message = "authorized_networks: expected CIDRs such as 203.0.113.0/24, got ${join(", ", values(var.authorized_networks))}."
  }
}

variable "cpu_machine_type" {
  description = "The machine of the CPU pool, which is always on: the operator, the JobManager and the report run there."
  type        = string
  default     = "e2-standard-4"
}

variable "cpu_max_nodes" {
  description = "The most nodes of the CPU pool. One is enough unless a run and an upgrade meet."
  type        = number
  default     = 2

  validation {
    condition     = var.cpu_max_nodes >= 1 && floor(var.cpu_max_nodes) == var.cpu_max_nodes
    error_message = "cpu_max_nodes: expected a whole number of at least 1, got ${var.cpu_max_nodes}."
  }
}

variable "gpu_type" {
  description = "The GPU of a GPU node, as gcloud compute accelerator-types list names it."
  type        = string
  default     = "nvidia-l4"

  validation {
    condition     = contains(keys(local.machine_series), var.gpu_type)
    error_message = "gpu_type: expected one of ${join(", ", keys(local.machine_series))}, got \"${var.gpu_type}\"."
  }
}

variable "gpu_machine_type" {
  description = "The machine of a GPU node. A GPU fits one series only: see gpu_type."
  type        = string
  default     = "g2-standard-8"

  validation {
    condition     = startswith(var.gpu_machine_type, lookup(local.machine_series, var.gpu_type, ""))
    error_message = "gpu_machine_type: expected ${lookup(local.machine_series, var.gpu_type, "")}* for ${var.gpu_type}, got \"${var.gpu_machine_type}\"."
  }
}

variable "gpu_count" {
  description = "GPUs of a GPU node. Each gets a TaskManager of its own."
  type        = number
  default     = 1

  validation {
    condition     = contains([1, 2, 4, 8, 16], var.gpu_count)
    error_message = "gpu_count: expected 1, 2, 4, 8 or 16, got ${var.gpu_count}."
  }
}

variable "gpu_max_nodes" {
  description = "The most GPU nodes of a run. Between runs there are none. The project's quota must hold gpu_count times as many GPUs."
  type        = number
  default     = 1

  validation {
    condition     = var.gpu_max_nodes >= 1 && floor(var.gpu_max_nodes) == var.gpu_max_nodes
    error_message = "gpu_max_nodes: expected a whole number of at least 1, got ${var.gpu_max_nodes}."
  }
}

variable "gpu_spot" {
  description = "Whether GPU nodes are spot nodes: far cheaper, but they may be taken away, and the job then repeats what the node did."
  type        = bool
  default     = true
}

variable "gpu_driver_version" {
  description = "The NVIDIA driver that GKE installs. The image's CUDA 12 needs 525 or newer; both have it."
  type        = string
  default     = "DEFAULT"

  validation {
    condition     = contains(["DEFAULT", "LATEST"], var.gpu_driver_version)
    error_message = "gpu_driver_version: expected DEFAULT or LATEST, got \"${var.gpu_driver_version}\"."
  }
}

variable "taskmanager" {
  description = "What a TaskManager (one per GPU) gets: cores, memory in GiB, how much of it is native (TensorFlow, OpenBLAS), and slots."
  type = object({
    cpu        = optional(number, 6)
    memory_gib = optional(number, 24)
    native_gib = optional(number, 10)
    slots      = optional(number, 4)
  })
  default = {}

  validation {
    condition     = var.taskmanager.native_gib >= 2 && var.taskmanager.native_gib <= var.taskmanager.memory_gib - 8
    error_message = "taskmanager: expected native_gib from 2 to memory_gib - 8, so that Java keeps 8 GiB, got native_gib ${var.taskmanager.native_gib} of memory_gib ${var.taskmanager.memory_gib}."
  }
  validation {
    condition     = var.taskmanager.cpu > 0 && var.taskmanager.slots >= 1 && floor(var.taskmanager.slots) == var.taskmanager.slots
    error_message = "taskmanager: expected cpu above 0 and a whole number of slots of at least 1, got cpu ${var.taskmanager.cpu}, slots ${var.taskmanager.slots}."
  }
}

variable "operator_version" {
  description = "The Flink Kubernetes Operator, which runs Flink 1.19."
  type        = string
  default     = "1.13.0"

  validation {
    condition     = can(regex("^1\\.[0-9]+\\.[0-9]+$", var.operator_version))
    error_message = "operator_version: expected a release such as 1.13.0, got \"${var.operator_version}\"."
  }
}

variable "image_tag" {
  description = "The tag of the GPU image in the registry that this makes. A tag, once pushed, stays what it is: a result must tell what made it."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", var.image_tag)) && var.image_tag != "latest"
    error_message = "image_tag: expected a tag that names one build, such as 0.1.0, got \"${var.image_tag}\"."
  }
}

variable "scheduler_image" {
  description = "The image of the container that waits for a run: bash, kubectl and gcloud."
  type        = string
  default     = "gcr.io/google.com/cloudsdktool/google-cloud-cli:528.0.0"
}

variable "suite" {
  description = "What the runs are called: part of the names of their folders and deployments."
  type        = string
  default     = "weekly"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.suite))
    error_message = "suite: expected 2 to 20 lower-case letters, digits and hyphens, got \"${var.suite}\"."
  }
}

variable "benchmark" {
  description = "The suite of a run: YAML, such as file(\"weekly.yaml\") of a file like those in benchmarks/. Places may be gs:// URLs. null: schedule/suite.yaml, which needs no data."
  type        = string
  default     = null

  validation {
    condition     = var.benchmark == null ? true : can(yamldecode(var.benchmark).models) && can(yamldecode(var.benchmark).datasets)
    error_message = "benchmark: expected YAML with the keys models and datasets, as benchmarks/quick.yaml has them; pass file(\"FILE\"), not its name."
  }
}

variable "schedule" {
  description = "When a run starts, as cron says it."
  type        = string
  default     = "0 6 * * 1"

  validation {
    condition     = length(regexall("\\S+", var.schedule)) == 5
    error_message = "schedule: expected the five fields of cron (minute hour day month weekday), got \"${var.schedule}\"."
  }
}

variable "time_zone" {
  description = "The time zone of the schedule."
  type        = string
  default     = "Etc/UTC"
}

variable "suspended" {
  description = "Whether the schedule rests. A run can still be started by hand."
  type        = bool
  default     = false
}

variable "run_timeout_hours" {
  description = "After so many hours a run is stopped and has failed."
  type        = number
  default     = 6

  validation {
    condition     = var.run_timeout_hours > 0 && var.run_timeout_hours <= 168
    error_message = "run_timeout_hours: expected more than 0 and at most 168, got ${var.run_timeout_hours}."
  }
}

variable "fail_on_regression" {
  description = "Whether a figure that has become worse fails the run, and so raises the alert."
  type        = bool
  default     = true
}

variable "report_readers" {
  description = "Who may read the reports, such as group:team@example.com."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.report_readers : can(regex("^(user|group|domain|serviceAccount):.+$", member))])
    error_message = "report_readers: expected members such as group:team@example.com, got ${join(", ", var.report_readers)}."
  }
}

variable "alert_emails" {
  description = "Addresses that are told when a run fails."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@\\s]+@[^@\\s]+$", address))])
    error_message = "alert_emails: expected addresses, got ${join(", ", var.alert_emails)}."
  }
}

variable "notification_channels" {
  description = "Existing notification channels that are told as well, as projects/PROJECT/notificationChannels/ID."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for channel in var.notification_channels : can(regex("^projects/[^/]+/notificationChannels/[^/]+$", channel))])
    error_message = "notification_channels: expected projects/PROJECT/notificationChannels/ID, got ${join(", ", var.notification_channels)}."
  }
}

variable "keep_cache_days" {
  description = "For so many days the features and models that runs share are kept."
  type        = number
  default     = 30

  validation {
    condition     = var.keep_cache_days >= 1
    error_message = "keep_cache_days: expected at least 1, got ${var.keep_cache_days}."
  }
}

variable "keep_old_versions_days" {
  description = "For so many days a bucket keeps what was overwritten or deleted in it."
  type        = number
  default     = 30

  validation {
    condition     = var.keep_old_versions_days >= 1
    error_message = "keep_old_versions_days: expected at least 1, got ${var.keep_old_versions_days}."
  }
}

variable "protect" {
  description = "Whether destroy refuses to delete the cluster and buckets that hold something. Set it to false, apply, then destroy."
  type        = bool
  default     = true
}
