package obs

import (
	"syscall"

	"github.com/prometheus/client_golang/prometheus"

	"historias/internal/db"
)

// disk tells how much room there is where the program keeps its files.
func disk(dir string) []prometheus.Metric {
	var s syscall.Statfs_t
	if dir == "" || syscall.Statfs(dir, &s) != nil {
		return nil
	}
	block := float64(s.Bsize)
	return []prometheus.Metric{
		gauge("historias_disk_free_bytes", "Room left on the disk of DATA_DIR.", float64(s.Bavail)*block),
		gauge("historias_disk_size_bytes", "Size of the disk of DATA_DIR.", float64(s.Blocks)*block),
	}
}

// pools tells how busy the connections to the database are; it asks nobody.
func pools(d *db.DB) []prometheus.Metric {
	var list []prometheus.Metric
	main, spare := d.Usage()
	for name, u := range map[string]db.Usage{"main": main, "spare": spare} {
		for state, n := range map[string]int{"used": u.Used, "idle": u.Idle, "max": u.Max} {
			list = append(list, gauge("historias_db_connections", "Connections to the database.", float64(n), "pool", name, "state", state))
		}
		list = append(list,
			metric(prometheus.CounterValue, "historias_db_acquired_total", "How often a connection was taken.", float64(u.Acquired), "pool", name),
			metric(prometheus.CounterValue, "historias_db_waited_total", "How often somebody waited for one.", float64(u.Waited), "pool", name),
			metric(prometheus.CounterValue, "historias_db_wait_seconds_total", "How long all of them waited.", u.WaitTime.Seconds(), "pool", name),
		)
	}
	return list
}
