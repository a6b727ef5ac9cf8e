package backup

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"historias/internal/config"
)

// partSize is how much of a copy is in memory while it travels; ten thousand
// parts of it are the biggest copy, 160 GB.
const partSize = 16 << 20

// bucket keeps copies in a service that speaks S3.
type bucket struct {
	client       *minio.Client
	name, prefix string
}

func openBucket(c config.Backup) (bucket, error) {
	at, err := url.Parse(c.S3URL)
	if err != nil {
		return bucket{}, fault("bad_bucket", "BACKUP_S3_URL no se entiende; escríbala como s3://depósito/carpeta.")
	}
	endpoint, err := url.Parse(c.S3Endpoint)
	if err != nil || endpoint.Host == "" {
		return bucket{}, fault("bad_bucket", "BACKUP_S3_ENDPOINT no se entiende; escríbala como https://s3.tu-proveedor.com.")
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds: credentials.NewStaticV4(c.S3Access, c.S3Secret, ""), Secure: endpoint.Scheme == "https", Region: c.S3Region,
	})
	if err != nil {
		return bucket{}, faultOf(err, "bad_bucket", "BACKUP_S3_ENDPOINT no es una dirección que sirva.")
	}
	return bucket{client: client, name: at.Host, prefix: strings.Trim(at.Path, "/")}, nil
}

func (b bucket) kind() string { return "s3" }

func (b bucket) key(name string) string { return path.Join(b.prefix, path.Base(name)) }

// put streams a copy as one upload, which appears whole or not at all.
func (b bucket) put(ctx context.Context, name string, fill func(io.Writer) error) (int64, error) {
	from, to := io.Pipe()
	counted := &counter{to: to}
	filled := make(chan error, 1)
	go func() {
		err := fill(counted)
		to.CloseWithError(err) // nil ends the stream well
		filled <- err
	}()
	_, err := b.client.PutObject(ctx, b.name, b.key(name), from, -1, minio.PutObjectOptions{
		ContentType: "application/octet-stream", PartSize: partSize, NumThreads: 1,
		// The plainest form of an upload, which every service understands; the copy proves itself.
		DisableContentSha256: true, SendContentMd5: true,
	})
	_ = from.CloseWithError(errUpload) // a pipe never fails to close
	if failure := <-filled; failure != nil && !errors.Is(failure, errUpload) {
		return 0, failure
	}
	return counted.n, refusedBy(err)
}

// errUpload tells who fills that nobody takes any more.
var errUpload = errors.New("backup: the upload ended")

func (b bucket) list(ctx context.Context) ([]Archive, error) {
	var out []Archive
	prefix := b.prefix
	if prefix != "" {
		prefix += "/"
	}
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: prefix}) {
		if o.Err != nil {
			return nil, refusedBy(o.Err)
		}
		out = append(out, Archive{Name: path.Base(o.Key), Bytes: o.Size})
	}
	return newestFirst(out), nil
}

func (b bucket) open(ctx context.Context, name string) (io.ReadCloser, error) {
	o, err := b.client.GetObject(ctx, b.name, b.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, refusedBy(err)
	}
	// The first request is made by the first look.
	if _, err := o.Stat(); err != nil {
		return nil, errors.Join(refusedBy(err), o.Close())
	}
	return o, nil
}

func (b bucket) remove(ctx context.Context, name string) error {
	return refusedBy(b.client.RemoveObject(ctx, b.name, b.key(name), minio.RemoveObjectOptions{}))
}

// refusedBy explains an answer of the service.
func refusedBy(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	answer := minio.ToErrorResponse(err)
	switch {
	case answer.Code == minio.NoSuchKey:
		return faultOf(err, "not_found", "No hay un respaldo con ese nombre. «historias backup list» muestra los que hay.")
	case answer.Code == minio.NoSuchBucket:
		return faultOf(err, "bucket_missing", "El depósito de BACKUP_S3_URL no existe. Créelo en su proveedor y vuelva a intentar.")
	case answer.StatusCode == http.StatusForbidden || answer.StatusCode == http.StatusUnauthorized:
		return faultOf(err, "bucket_refused", "El servicio de BACKUP_S3_ENDPOINT rechazó las llaves de acceso. Revise BACKUP_S3_ACCESS_KEY, BACKUP_S3_SECRET_KEY y sus permisos en el depósito.")
	}
	return faultOf(err, "bucket_failed", "El servicio de BACKUP_S3_ENDPOINT no aceptó el respaldo o no respondió. Revise la dirección y la red, y vuelva a intentar.")
}
