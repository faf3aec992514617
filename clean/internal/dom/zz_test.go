package dom
import ("testing";"os";"context";"fmt";"slices";"github.com/winnowtext/winnow/clean/internal/corpus")
func TestZZ(t *testing.T){
 var rel []float64; old:=0
 for _,name:=range []string{"wcxb-dev","traf-dev","fundus-dev","readability"} {
  pages,err:=corpus.Read(os.Getenv("WINNOW_CORPORA"),name); if err!=nil {t.Log(err);continue}
  for i:=range pages { src,err:=pages[i].Bytes(); if err!=nil {continue}
   u,_,err:=Decode(context.Background(),src,""); if err!=nil {continue}
   p:=Cut(context.Background(),nil,u,Cutting{SVG:true,Attrs:true})
   g:=&guard{parted:parted{ctx:context.Background(),p:p},copies:p.load.copies,formats:p.load.size()}
   buf:=make([]byte,4096); for { if _,err:=g.Read(buf);err!=nil { if g.copies>maxCopies {old++}; break } }
   tags:=g.starts+g.ends
   rel=append(rel,float64(g.copies)/float64(tags+2000))
  } }
 slices.Sort(rel); n:=len(rel); fmt.Println("pages",n,"over",old)
 for _,q:=range []float64{.5,.9,.95,.99,.995,.999,1} { fmt.Println(q,rel[min(n-1,int(q*float64(n)))]) }
}
